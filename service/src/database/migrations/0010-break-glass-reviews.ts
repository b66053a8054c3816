/** What an auditor decided about an emergency access, and the index that lists emergency accesses by time. */
export const breakGlassReviews = {
  version: 10,
  name: 'break-glass reviews',
  indexes: { break_glass_grants_by_time: 'ON break_glass_grants (tenant, opened_at DESC, grant_id DESC)' },
  sql: `
CREATE TABLE break_glass_reviews (
  grant_id    uuid PRIMARY KEY REFERENCES break_glass_grants,
  reviewed_by text NOT NULL,
  reviewed_at timestamptz NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('justified', 'not-justified'))
);
CREATE TRIGGER break_glass_reviews_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON break_glass_reviews
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
};
