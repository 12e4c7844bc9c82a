package markdown

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// probes are files of about the given size that repeat what is known to be
// costly.
func probes(size int) map[string]string {
	rep := func(s string) string { return strings.Repeat(s, size/len(s)) }
	m := make(map[string]string)
	for _, s := range []string{"- ", "> ", "1. ", "> - ", "[a](", "[", "![", "[a]", "[a][b]", "]", "[]", "*a", "**a ", "*_", "_a __b ", "*a **b ", "a* ", "a_ *b ", "~a ", "~~a~ ",
		"`a``b```c", "<a ", "<!--", "<?", "<![CDATA[", "<a href='", "<!A", "&", "&#", "&a", "\\", "|a|b\n", "[a]: b\n", "[^a]: b\n", "a\n: b\n", "- a\n", "a\n", "#\n", "===\n", "a\n===\n", "{{", "$a", "{{a}}", "$", "<div>\n", "[a]:", "[a]\n", "![a](b", "*a*", "**a**", "[a](b)", "a  \n", "a\\\n", "`a`", "<b>", "\t", "a\t", "|", "|-", "a|", "|-|\n", "- [ ] a\n", "* ", "[a]: <b> '", "x\n> ", "[a\n", "*a\n", "a**b", "\U000F0001", "\xff", "\x00", "　\n", "a &amp; "} {
		m[s] = rep(s)
	}
	var b strings.Builder
	for n := 1; b.Len() < size; n++ {
		b.WriteString(strings.Repeat("`", n) + "a")
	}
	m["growing ticks"] = b.String()
	b.Reset()
	for n := 0; b.Len() < size; n++ {
		b.WriteString(strings.Repeat("  ", n) + "- a\n")
	}
	m["nested list"] = b.String()
	b.Reset()
	for n := 0; b.Len() < size; n++ {
		fmt.Fprintf(&b, "[^%d] [^%d]: a\n\n[^%d]: b\n\n", n, n, n)
	}
	m["footnotes"] = b.String()
	m["wide table"] = "|" + strings.Repeat("a|", size/8) + "\n|" + strings.Repeat("-|", size/8) + "\n" + strings.Repeat("|a\n", size/6)
	m["em nest"] = strings.Repeat("*a ", size/6) + strings.Repeat("a* ", size/6)
	m["link nest"] = strings.Repeat("[", size/6) + strings.Repeat("](a)", size/6)
	m["img nest"] = strings.Repeat("![", size/6) + strings.Repeat("](a)", size/6)
	for _, unit := range []string{"[a](", "![a](", "[", "*a_ ", "<a ", "`a``", "_a __b "} {
		paragraph := strings.Repeat(unit, 900)
		m["just allowed "+unit] = strings.Repeat(paragraph+"\n\n", size/len(paragraph)+1)
		m["heading "+unit] = strings.Repeat("# "+paragraph+"\n", size/len(paragraph)+1)
		m["cells "+unit] = "|a|b|\n|-|-|\n" + strings.Repeat("|"+paragraph+"|b|\n", size/len(paragraph)+1)
	}
	deep := strings.Repeat("> ", maxMarkers-1) + "a\n"
	m["just allowed depth"] = strings.Repeat(deep, size/len(deep)+1)
	m["quote then lines"] = strings.Repeat(">", size/4) + "\n" + strings.Repeat("a\n", size/4)
	return m
}

// TestHostileFiles reads files made to cost a parser time or memory. They must
// end; whether soon is for the benchmark and for the time limit of the test
// run to say.
func TestHostileFiles(t *testing.T) {
	size := 1 << 13
	if os.Getenv(everyEdit) != "" {
		size = 1 << 20
	}
	guarded := 0
	for name, text := range probes(size) {
		doc := checkDocument(t, strconv.Quote(name), []byte(text))
		if len(doc.Notices) > 0 {
			guarded++
		}
		for i, b := range doc.Blocks {
			if b.ReadOnly == "" {
				_ = layout.VerifyEdit(doc, layout.Edit{Block: i, Span: layout.Span{End: len(b.Text)}, Text: "New words"})
				break
			}
		}
	}
	t.Logf("%d files of %d bytes, %d with text that was hidden from the parser", len(probes(size)), size, guarded)
}
