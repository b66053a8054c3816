import { words } from './words.ts';

/** Common given names of the United States and of its larger communities, from general knowledge. */
export const givenNames: readonly string[] = words(`
  james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua
  kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin
  samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy
  harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan
  alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny bradley herbert frederick shawn clarence ernest martin
  howard fred curtis allen leonard stanley dale manuel rodney tony earl alfred francis luis antonio marvin glenn vernon jeffery melvin leroy marcus
  theodore clifford miguel oscar pedro jorge carlos ramon roberto ricardo francisco jesus mario hector javier sergio raul fernando alejandro eduardo
  victor edwin julio armando enrique ruben angel alberto arturo ivan andre derek travis brett chad cory corey craig cody casey caleb connor cameron
  dustin devin evan garrett grant hunter ian isaac jared joel julian lucas luke mason max micah mitchell owen preston seth shane spencer stuart trevor
  troy tristan wesley xavier zach neil norman lloyd lester leon lewis leslie hugh homer harvey guy gordon gilbert floyd felix elmer dwight duane dean
  darryl darrell clyde clayton chester cecil calvin byron bernard ben barry angelo alvin abraham wallace warren wendell wilbur willard sidney sam sherman
  salvatore rudolph ross roland rick rex reginald perry otis orville milton maurice max marshall lyle luther lonnie karl jim jimmy jerome ira irving
  gus greg glen gene gerard freddie fredrick ervin everett erik emmett ellis earnest doug don dominic dick darren dan cornelius claude chris
  chuck cedric bryant brent brad bob bill bert archie andy amos al adrian liam aiden jackson carter jayden grayson oliver sebastian mateo levi asher
  theo hudson leo ezra elias nolan maverick kai santiago easton roman dominick parker ryder colton landon brayden gavin chase blake bentley
  mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol
  amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine
  christine debra rachel carolyn janet maria olivia heather helen catherine diane julie victoria joyce lauren kelly christina ruth joan virginia judith
  evelyn hannah andrea megan cheryl jacqueline madison teresa abigail sophia martha sara gloria janice kathryn ann isabella judy charlotte julia grace
  amber alice jean denise frances danielle marilyn natalie beverly diana brittany theresa kayla alexis doris lori tiffany rose marie jane annie
  josephine crystal anne lillian tina phyllis bonnie lucy ellen edith ethel florence irene rita peggy dawn gail hazel holly edna elaine elsie esther
  eva geraldine gertrude ginger glenda gladys gwendolyn harriet heidi henrietta hilda ida ingrid irma isabel jackie jamie jan janie jeanette jeanne
  jenna jenny jill jo joann joanna joanne jodi josie joy juanita june kara katie kathy katrina kay kelley kendra kim kristen kristin kristina kristy
  krista lana latoya leah lena leona leslie leticia lillie lois lola loretta lorraine louise lucille luz lydia lynn mabel mandy marcia margarita
  margie marguerite marian marianne marion marjorie marlene marsha mattie maureen maxine melanie melinda mercedes meredith mildred mindy minnie
  miranda miriam misty molly mona monica monique muriel myra myrtle nadine naomi natasha nellie nina nora norma olga opal pam pat patsy patti patty
  paula pauline pearl penny priscilla rachael ramona randi raquel regina renee rhonda roberta robin robyn rochelle rosa rosalie rosemarie rosemary
  roxanne ruby sabrina sadie sally shannon shari sheila shelley shelly sheri sherri sherry sheryl silvia sonia sonya stacey stacy sue susie suzanne
  sylvia tabitha tamara tammy tanya tara tasha terri thelma toni tonya tracey traci tracy valerie vanessa velma vera verna veronica vicki vickie viola
  violet vivian wanda wendy whitney willa wilma winifred yolanda yvette yvonne zoe ava mia amelia harper camila gianna luna ella sofia aria scarlett
  chloe layla eleanor lily nora hailey aubrey addison savannah brooklyn bella skylar paisley audrey claire caroline genesis aaliyah kennedy
  allison gabriella alexa autumn kaylee destiny jasmine jada ariana guadalupe rosario pilar consuelo dolores esperanza graciela lourdes marisol
  mohammed muhammad ahmed ali hassan hussein omar ibrahim yusuf fatima aisha khadija raj sanjay vijay anil sunil ravi priya anita sunita deepak amit
  rahul arjun neha pooja wei ming li jing mei yan hui xin yong jun min hong kenji hiroshi takashi yuki akiko keiko hans klaus jurgen wolfgang heinz
  pierre jacques francois michel luc giovanni giuseppe marco luca paolo francesca chiara dmitri sergei vladimir boris natalia svetlana katya olena
  sean seamus siobhan fiona niamh aoife brendan declan colin angus hamish fergus alistair nigel graham clive trevor gareth dafydd rhys megan
`);
