/** What the marks mean. Each has a form of its own beside its colour. */
export function MarkLegend() {
  return (
    <details className="legend">
      <summary>What the marks mean</summary>
      <ul>
        <li>
          <mark data-layers="problem">amber line</mark> problem, symptom or sign
        </li>
        <li>
          <mark data-layers="drug">blue line</mark> drug or allergy
        </li>
        <li>
          <mark data-layers="value">green line</mark> value;{' '}
          <mark data-layers="value" className="abnormal">
            bold
          </mark>{' '}
          outside its range
        </li>
        <li>
          <mark data-layers="care">grey line</mark> procedure, device, plan
        </li>
        <li>
          <mark data-layers="identifier">magenta line</mark> identifier
        </li>
        <li>
          <mark
            data-layers="problem"
            className="framed opens closes"
            data-framed="problem"
            data-tag="neg"
            data-tag-of="problem"
          >
            frame
          </mark>{' '}
          absent, or not of this patient now: the raised word says which
        </li>
        <li>
          <mark data-layers="problem" className="doubtful" data-tag="?" data-tag-of="problem">
            dotted
          </mark>{' '}
          possible or likely
        </li>
        <li>
          <mark data-layers="problem" className="past">
            dashed
          </mark>{' '}
          history
        </li>
      </ul>
    </details>
  );
}
