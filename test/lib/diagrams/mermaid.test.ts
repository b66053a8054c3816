import { flowchart } from '../../../lib/diagrams/mermaid.ts';

const zones = [
  { id: 'outer', title: 'Outer' },
  { id: 'inner', title: 'Inner', within: 'outer' },
  { id: 'empty', title: 'Empty' },
];
const nodes = [
  { id: 'a', label: ['A "quoted" thing', 'two lines'], zone: 'outer' },
  { id: 'b', label: ['B'], zone: 'inner', shape: 'store' as const },
];

describe('A flowchart', () => {
  it('nests zones, leaves empty ones out, escapes quotes, and draws one edge for two', () => {
    const edges = [
      { from: 'a', to: 'b', label: 'first' },
      { from: 'a', to: 'b', label: 'second' },
      { from: 'a', to: 'b', label: 'first' },
      { from: 'b', to: 'a', label: '', kind: 'dotted' as const },
    ];
    expect(flowchart('LR', zones, nodes, edges).split('\n')).toEqual([
      '```mermaid',
      'flowchart LR',
      '  subgraph outer["Outer"]',
      '    a["A #quot;quoted#quot; thing<br/>two lines"]',
      '    subgraph inner["Inner"]',
      '      b[("B")]',
      '    end',
      '  end',
      '  a -->|"first<br/>second"| b',
      '  b -.-> a',
      '```',
    ]);
  });

  it('refuses an edge that ends nowhere', () => {
    expect(() => flowchart('LR', zones, nodes, [{ from: 'a', to: 'c', label: '' }])).toThrow(
      'an edge ends at c, which is no node',
    );
  });
});
