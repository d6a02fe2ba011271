// The site's diagrams, drawn as GitHub draws them: each is a code block in the language `mermaid`.
import mermaid from "https://cdn.jsdelivr.net/npm/mermaid@11/dist/mermaid.esm.min.mjs";

mermaid.initialize({ startOnLoad: false });
await mermaid.run({ querySelector: "code.language-mermaid" });
