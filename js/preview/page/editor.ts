// The editor: CodeMirror with JavaScript and TypeScript syntax, the errors of the last run at their lines. It runs nothing.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { typescriptLanguage } from "@codemirror/lang-javascript";
import {
  HighlightStyle,
  bracketMatching,
  ensureSyntaxTree,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Problem } from "../shared/report.js";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-number)" },
  { tag: [tags.comment], color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.typeName, tags.className], color: "var(--code-type)" },
  { tag: [tags.definition(tags.variableName)], color: "var(--code-name)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-property)" },
]);

const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--panel)", color: "var(--text)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "13px", lineHeight: "1.6" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": {
    backgroundColor: "var(--panel)",
    color: "var(--faint)",
    border: "none",
    paddingLeft: "4px",
  },
  ".cm-activeLine": { backgroundColor: "var(--line-active)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--line-active)", color: "var(--muted)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "none" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--border)",
    borderRadius: "6px",
    maxWidth: "min(480px, 90vw)",
  },
  ".cm-diagnostic": { padding: "6px 10px", fontFamily: "var(--sans)", fontSize: "13px" },
  // CodeMirror's own marks are images in `data:` addresses, which the page's policy does not load.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--danger) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-lint-marker-error": {
    content: '""',
    width: "8px",
    height: "8px",
    marginTop: "6px",
    borderRadius: "50%",
    backgroundColor: "var(--danger)",
  },
  ".cm-panels": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    borderTop: "1px solid var(--border)",
  },
});

/** How many milliseconds the editor may take to read a program at once. */
const READING = 100;

/** The editor of the page. */
export class Editor {
  private readonly view: EditorView;

  /**
   * @param host Where it goes: into a shadow root, whose style sheets are made without inline styles, as the page's policy wants it.
   * @param listen Told of every edit.
   */
  constructor(host: HTMLElement, source: string, listen: (source: string) => void) {
    const root = host.attachShadow({ mode: "open" });
    this.view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: source,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          typescriptLanguage,
          syntaxHighlighting(colours),
          lintGutter(),
          theme,
          // The Tab key leaves the editor, as it leaves every other field.
          keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          EditorView.contentAttributes.of({ "aria-label": "Program", tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) listen(this.source);
          }),
        ],
      }),
    });
  }

  /** The program. */
  get source(): string {
    return this.view.state.doc.toString();
  }

  /** Puts another program in its place. */
  replace(source: string): void {
    const { doc } = this.view.state;
    this.view.dispatch({
      changes: { from: 0, to: doc.length, insert: source },
      selection: { anchor: 0 },
      scrollIntoView: true,
    });
  }

  /** Puts the cursor into a line. */
  goTo(line: number): void {
    const { doc } = this.view.state;
    const { from } = doc.line(Math.max(1, Math.min(line, doc.lines)));
    this.view.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    this.view.focus();
  }

  /** The line on which the statement begins that has code on this line: a chain of calls is known by its last one. */
  statementLine(line: number): number {
    const { state } = this.view;
    if (line < 1 || line > state.doc.lines) return line;
    const { from, text } = state.doc.line(line);
    const tree = ensureSyntaxTree(state, state.doc.length, READING);
    let node = tree?.resolveInner(from + text.length - text.trimStart().length, 1);
    while (node?.parent && node.parent.name !== "Script" && node.parent.name !== "Block") {
      node = node.parent;
    }
    return node?.parent ? state.doc.lineAt(node.from).number : line;
  }

  /** Shows problems at their lines. */
  show(problems: readonly Problem[]): void {
    const { doc } = this.view.state;
    const diagnostics = problems
      .filter(({ line }) => line >= 1 && line <= doc.lines)
      .map(({ line, name, code, kind, message }): Diagnostic => {
        const { from, to, text } = doc.line(line);
        const indent = text.length - text.trimStart().length;
        const title = code === undefined ? name : `${code} ${kind ?? name}`;
        return {
          from: Math.min(from + indent, to),
          to,
          severity: "error",
          message: `${title}: ${message}`,
        };
      });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }
}
