import { makeStyles, tokens } from '@fluentui/react-components';

/** Narrow first: one column on a phone, at most a comfortable line length on a desk. */
export const useStyles = makeStyles({
  page: {
    maxWidth: '760px',
    padding: '12px',
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
    textAlign: 'start',
    overflowWrap: 'anywhere',
    // Classic pages style bare inputs; a Fluent input draws its border around the inner one.
    '& .fui-Input__input': { border: 'none', padding: '0 8px', maxWidth: '100%', backgroundColor: 'transparent' },
    '& .fui-Textarea__textarea': { border: 'none', maxWidth: '100%', backgroundColor: 'transparent' },
    '& .fui-Select__select': { maxWidth: '100%' }
  },
  stack: { display: 'flex', flexDirection: 'column', rowGap: '16px', marginTop: '16px' },
  section: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: '16px',
    margin: 0,
    padding: '16px',
    minWidth: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium
  },
  heading: { fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold, margin: 0, lineHeight: 1.4 },
  // Focused by us when a page opens, never by the Tab key: it needs no ring.
  focusTarget: { outlineStyle: 'none' },
  subheading: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, margin: '0 0 4px' },
  legend: { fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold, padding: '0 6px' },
  card: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '8px 16px',
    padding: '12px 16px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium
  },
  grow: { flexGrow: 1, flexBasis: '220px', minWidth: 0 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', rowGap: '8px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  tab: { borderRadius: 0, borderBottom: '3px solid transparent', fontWeight: tokens.fontWeightRegular },
  currentTab: {
    borderBottom: `3px solid ${tokens.colorBrandStroke1}`,
    fontWeight: tokens.fontWeightSemibold
  },
  muted: { color: tokens.colorNeutralForeground2, margin: 0 },
  lines: { whiteSpace: 'pre-wrap', margin: 0, fontFamily: 'inherit' },
  facts: { display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '4px 16px', margin: 0 },
  fact: { margin: 0, whiteSpace: 'pre-line' },
  issueLink: { color: tokens.colorStatusDangerForeground1, textDecoration: 'underline' }
});
