package exchange

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/segmenter/layout"
)

// Marked is what people left in a block of a file that they had in their own
// program.
type Marked struct {
	Authors  []string // of tracked changes, each once, in file order
	Comments []MarkedComment
}

// MarkedComment is a comment on a block.
type MarkedComment struct{ Author, Text string }

// Accepted returns a file with its tracked changes accepted and its comments
// taken out, and who made them by the blocks of the file returned. Of formats
// that have no such things it returns the file itself.
func (f Format) Accepted(name string, raw []byte) ([]byte, map[int]Marked, error) {
	if f.ID != docxFormat.ID {
		return raw, nil, nil
	}
	a, err := openDOCX(name, raw)
	if err != nil {
		return nil, nil, err
	}
	comments := map[string]MarkedComment{}
	if part, ok := a.byRel["comments"]; ok {
		tree, _, err := a.xml(part)
		if err != nil {
			return nil, nil, err
		}
		for _, k := range tree.root.kids {
			if isWord(k.element, "comment") {
				comments[wordVal(k.element, "id")] = MarkedComment{wordVal(k.element, "author"), commentText(k.element)}
			}
		}
	}
	var inside []byte
	var places []markedPlace
	for i, p := range a.parts {
		tree, data, err := a.xml(p)
		if err != nil {
			return nil, nil, err
		}
		if i > 0 {
			inside = append(inside, partBreak...)
		}
		w := &accepter{raw: data, base: len(inside), comments: comments}
		w.element(tree.root)
		w.copy(len(data))
		inside, places = append(inside, w.out...), append(places, w.places...)
	}
	accepted, err := docxContainer{}.pack(name, raw, inside)
	if err != nil {
		return nil, nil, err
	}
	return accepted, byBlock(docxSyntax{}.Read(inside), places), nil
}

// byBlock finds the block of each marked paragraph.
func byBlock(doc *layout.Document, places []markedPlace) map[int]Marked {
	out := map[int]Marked{}
	for _, p := range places {
		i, _ := slices.BinarySearchFunc(doc.Blocks, p.span.Start, func(b layout.Block, at int) int {
			return cmp.Compare(b.Envelope(layout.Span{End: len(b.Text)}).Start, at)
		})
		if i < len(doc.Blocks) {
			if b := &doc.Blocks[i]; b.Envelope(layout.Span{End: len(b.Text)}).Start < p.span.End {
				out[i] = p.marked
			}
		}
	}
	return out
}

// commentText is the text of a comment, a line a paragraph.
func commentText(e *xmlElement) string {
	var lines []string
	e.walk(func(p *xmlElement) bool {
		if !isWord(p, "p") {
			return true
		}
		var line strings.Builder
		p.walk(func(t *xmlElement) bool {
			if isWord(t, "t") {
				line.WriteString(t.text())
			}
			return true
		})
		lines = append(lines, line.String())
		return false
	})
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// markedPlace is a paragraph of the accepted text with what was left in it.
type markedPlace struct {
	span   layout.Span
	marked Marked
}

// accepter copies a part without its marks.
type accepter struct {
	raw, out []byte
	base, at int
	comments map[string]MarkedComment
	places   []markedPlace
	marked   *Marked // of the paragraph at hand
}

func (w *accepter) copy(to int) {
	w.out = append(w.out, w.raw[w.at:to]...)
	w.at = to
}

// drop leaves out a stretch.
func (w *accepter) drop(start, end int) {
	w.copy(start)
	w.at = end
}

func (w *accepter) author(e *xmlElement) {
	if name := wordVal(e, "author"); w.marked != nil && name != "" && !slices.Contains(w.marked.Authors, name) {
		w.marked.Authors = append(w.marked.Authors, name)
	}
}

func (w *accepter) element(e *xmlElement) {
	for _, k := range e.kids {
		x := k.element
		if x == nil {
			continue
		}
		if x.name.Space != nsWord && x.name.Space != nsWordStrict {
			w.element(x)
			continue
		}
		switch x.name.Local {
		case "p":
			outer := w.marked
			w.copy(x.start)
			place := markedPlace{span: layout.Span{Start: w.base + len(w.out)}}
			w.marked = &place.marked
			w.element(x)
			w.copy(x.end)
			place.span.End = w.base + len(w.out)
			if len(place.marked.Authors)+len(place.marked.Comments) > 0 {
				w.places = append(w.places, place)
			}
			w.marked = outer
		case "del", "moveFrom", "rPrChange", "pPrChange":
			w.author(x)
			w.drop(x.start, x.end)
		case "ins", "moveTo":
			w.author(x)
			if x.inner == x.end { // of the end of a paragraph
				w.drop(x.start, x.end)
				continue
			}
			w.drop(x.start, x.inner)
			w.element(x)
			w.drop(x.innerEnd, x.end)
		case "commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd":
			w.drop(x.start, x.end)
		case "r":
			if ref := wordChild(x, "commentReference"); ref != nil {
				if c, ok := w.comments[wordVal(ref, "id")]; ok && w.marked != nil && c.Text != "" {
					w.marked.Comments = append(w.marked.Comments, c)
				}
				w.drop(x.start, x.end)
				continue
			}
			w.element(x)
		default:
			w.element(x)
		}
	}
}

// tokenNoise is what Word writes into the markup of runs whenever it saves a
// file, and what says nothing.
var tokenNoise = regexp.MustCompile(` w:rsid\w*="[^"]*"| xml:space="preserve"|<w:proofErr [^>]*/>|<w:lang [^>]*/>|<w:noProof/>|<w:lastRenderedPageBreak/>|<w:rFonts w:hint="\w+"/>|<w:t></w:t>|\s*[\r\n]\s*`)

// SameMarkup reports whether two tokens are the same piece of markup, written by
// one program or another.
func (f Format) SameMarkup(a, b layout.Token) bool {
	if a.Kind != b.Kind || a.Close != b.Close {
		return false
	}
	if a.Raw == b.Raw || f.ID != docxFormat.ID {
		return a.Raw == b.Raw
	}
	plain := func(raw string) []byte {
		raw = tokenNoise.ReplaceAllString(raw, "")
		return bytes.ReplaceAll([]byte(raw), []byte("<w:rPr></w:rPr>"), nil)
	}
	return bytes.Equal(plain(a.Raw), plain(b.Raw))
}
