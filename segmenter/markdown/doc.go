// Package markdown reads Markdown files into [layout.Document]s, so that texts
// can be spliced into them.
//
// The dialect is CommonMark with GitHub's tables, strikethrough and task lists,
// and the footnotes and definition lists of PHP Markdown Extra. goldmark does
// the parsing; nothing is ever rendered from its tree. Front matter in YAML,
// TOML or JSON, a byte order mark, and the line ends CRLF and CR are handled
// before it, since it would misread them. Shortcodes of site generators
// ({{…}}, {%…%}), attribute lists of kramdown ({: …}) and formulas ($…$) are
// protected tokens.
//
//	doc := markdown.Read([]byte("# A *new* act\n"))
//	layout.Show(doc.Blocks[0].Text) // "A ⟨1⟩new⟨/1⟩ act"
//
// Text inside code, HTML blocks, link destinations and titles, and image
// descriptions is not offered for review; [layout.Coverage] counts it.
package markdown
