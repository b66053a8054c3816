/** A thing in a diagram. */
export interface DiagramNode {
  readonly id: string;

  /** Lines of text. */
  readonly label: readonly string[];

  /** Box that it stands in. */
  readonly zone: string;

  /** @default box */
  readonly shape?: 'box' | 'store' | 'person' | 'key';
}

/** What goes from one thing to another. */
export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;

  /** @default line */
  readonly kind?: 'line' | 'dotted';
}

export interface Zone {
  readonly id: string;
  readonly title: string;

  /** @default - stands by itself */
  readonly within?: string;
}

const shapes = { box: ['[', ']'], store: ['[(', ')]'], person: ['([', '])'], key: ['{{', '}}'] } as const;

/** Quotes end a label in Mermaid: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
const quoted = (text: string): string => `"${text.replaceAll('"', '#quot;')}"`;

/** One edge for two things, with all its labels. */
function merged(edges: readonly DiagramEdge[]): DiagramEdge[] {
  const found = new Map<string, DiagramEdge>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to} ${edge.kind}`;
    const labels = [...new Set([...(found.get(key)?.label.split('<br/>') ?? []), edge.label])].filter(Boolean);
    found.set(key, { ...edge, label: labels.join('<br/>') });
  }
  return [...found.values()];
}

/** A flowchart in Mermaid. Zones without a node are left out. @throws Error when an edge names a node that is not there */
export function flowchart(
  direction: 'TB' | 'LR',
  zones: readonly Zone[],
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
): string {
  const lines = [`flowchart ${direction}`];
  const filled = (zone: Zone): boolean =>
    nodes.some((node) => node.zone === zone.id) || zones.some((inner) => inner.within === zone.id && filled(inner));
  const draw = (zone: Zone, indent: string): void => {
    if (!filled(zone)) return;
    lines.push(`${indent}subgraph ${zone.id}[${quoted(zone.title)}]`);
    for (const { id, label, zone: where, shape = 'box' } of nodes) {
      if (where === zone.id)
        lines.push(`${indent}  ${id}${shapes[shape][0]}${quoted(label.join('<br/>'))}${shapes[shape][1]}`);
    }
    for (const inner of zones) if (inner.within === zone.id) draw(inner, `${indent}  `);
    lines.push(`${indent}end`);
  };
  for (const zone of zones) if (zone.within === undefined) draw(zone, '  ');
  const known = new Set(nodes.map(({ id }) => id));
  for (const { from, to, label, kind = 'line' } of merged(edges)) {
    for (const end of [from, to]) if (!known.has(end)) throw new Error(`an edge ends at ${end}, which is no node`);
    const arrow = kind === 'line' ? '-->' : '-.->';
    lines.push(`  ${from} ${arrow}${label === '' ? '' : `|${quoted(label)}|`} ${to}`);
  }
  return ['```mermaid', ...lines, '```'].join('\n');
}
