// Reads diagrams with the libraries that the tools of our users are made of, and prints what these
// complain about. Run from the folder that install-tools has made.
//
//   node check.mjs bpmn FILE...      bpmn-moddle reads it without a warning, bpmnlint finds no fault
//   node check.mjs mermaid FILE...   mermaid's own parser takes it
import fs from 'node:fs';
import { createRequire } from 'node:module';

const [kind, ...files] = process.argv.slice(2);
let problems = 0;
const complain = (file, what) => {
  problems += 1;
  console.log(`${file}: ${what}`);
};

async function bpmn() {
  const { BpmnModdle, default: whole } = await import('bpmn-moddle');
  const Moddle = BpmnModdle ?? whole;
  const require = createRequire(import.meta.url);
  const { Linter } = require('bpmnlint');
  const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');
  for (const file of files) {
    // One for each file: a rule remembers what it has seen.
    const linter = new Linter({
      // Several lines may enter a task, and a label on an only way helps a reader: both are meant.
      config: {
        extends: 'bpmnlint:recommended',
        rules: { 'fake-join': 'off', 'superfluous-label': 'off' },
      },
      resolver: new NodeResolver(),
    });
    const { rootElement, warnings } = await new Moddle().fromXML(fs.readFileSync(file, 'utf8'));
    for (const warning of warnings) complain(file, warning.message);
    for (const [rule, reports] of Object.entries(await linter.lint(rootElement)))
      for (const report of reports) complain(file, `${rule}: ${report.id}: ${report.message}`);
  }
}

async function mermaid() {
  const { JSDOM } = await import('jsdom');
  const dom = new JSDOM('');
  globalThis.window = dom.window;
  globalThis.document = dom.window.document;
  const { default: parser } = await import('mermaid');
  for (const file of files) {
    try {
      const { diagramType } = await parser.parse(fs.readFileSync(file, 'utf8'));
      if (diagramType !== 'stateDiagram') complain(file, `is a ${diagramType}`);
    } catch (error) {
      complain(file, error.message);
    }
  }
}

const checks = { bpmn, mermaid };
try {
  await checks[kind]();
} catch (error) {
  complain(kind, error.stack);
}
process.exit(problems === 0 ? 0 : 1);
