package exchange

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// docxTrackedFormat is a Word document that shows the approved wordings as
// tracked changes of those who wrote them, and open flags and notes as comments.
// Only a document that came as DOCX can go out so. A change that Word cannot
// track (one that takes a link, a note or a picture along) is made without being
// tracked, and a comment says so. Comments stand in the main text alone: Word has
// none in notes, headers and footers.
var docxTrackedFormat = Format{
	ID: "docx-tracked", Title: "Word with tracked changes", Extensions: []string{".tracked.docx"}, Only: docxFormat.ID,
	write: writeTrackedDOCX,
}

// trackBase is the first id of what is added, above those that Word gives.
const trackBase = 700000

// tracker puts marks into the parts of a document.
type tracker struct {
	review   *Review
	archive  *docxArchive
	id       int
	comments []docxComment
	ops      []trackOp
}

// docxComment is a comment that is added.
type docxComment struct {
	id     int
	author string
	at     time.Time
	text   string
}

// trackOp replaces bytes of the text inside. Of those at one place the lower
// order stands first.
type trackOp struct {
	span  layout.Span
	order int
	text  string
}

func writeTrackedDOCX(w io.Writer, r *Review) error {
	if r.Document.Format != docxFormat.ID || r.Target == nil || r.TargetData == nil {
		return corpus.Errorf(corpus.Unsupported, "%s did not come as a Word document", r.Document.Name)
	}
	a, err := openDOCX(r.Version.Target.Name, r.TargetData)
	if err != nil {
		return err
	}
	t := &tracker{review: r, archive: a, id: trackBase}
	inside := r.Target.Raw
	parts := docxRuns(inside)
	for _, c := range r.TargetChanges {
		t.change(c, parts)
	}
	t.unitComments(parts)
	marked := t.apply(inside)
	changed := map[string][]byte{}
	for i, piece := range bytes.Split(marked, []byte(partBreak)) {
		old, err := a.part(a.parts[i])
		if err != nil {
			return err
		}
		if _, err := readXML(a.parts[i], piece); err != nil {
			return corpus.Errorf(corpus.Internal, "the tracked changes broke %s: %s", a.parts[i], corpus.Message(err))
		}
		if !bytes.Equal(old, piece) {
			changed[a.parts[i]] = piece
		}
	}
	if len(t.comments) > 0 {
		if err := t.commentParts(changed); err != nil {
			return err
		}
	}
	out, err := a.rewrite(changed)
	if err == nil {
		_, err = w.Write(out)
	}
	return err
}

// docxRunText is a w:t with what is needed to close and open its run.
type docxRunText struct {
	tag, inner, innerEnd int // of the text inside
	properties           string
	preserve, tracked    bool
	main                 bool // it stands in the document itself
}

// docxRuns lists the texts of all parts, in file order.
func docxRuns(inside []byte) []docxRunText {
	var list []docxRunText
	base := 0
	for i, piece := range bytes.Split(inside, []byte(partBreak)) {
		tree, err := readXML("", piece)
		if err != nil {
			return nil
		}
		tree.root.walk(func(e *xmlElement) bool {
			if !isWord(e, "t") || !isWord(e.parent, "r") || e.inner == e.end {
				return true
			}
			x := docxRunText{tag: base + e.start, inner: base + e.inner, innerEnd: base + e.innerEnd, preserve: e.inherited("space") == "preserve", main: i == 0}
			if p := wordChild(e.parent, "rPr"); p != nil {
				x.properties = string(piece[p.start:p.end])
			}
			for up := e.parent; up != nil && !isWord(up, "p"); up = up.parent {
				x.tracked = x.tracked || isWord(up, "ins") || isWord(up, "moveTo")
			}
			list = append(list, x)
			return false
		})
		base += len(piece) + len(partBreak)
	}
	return list
}

// textAt returns the text that an offset stands in or at the end of.
func textAt(list []docxRunText, at int) *docxRunText {
	i, _ := slices.BinarySearchFunc(list, at, func(x docxRunText, at int) int { return cmp.Compare(x.innerEnd, at) })
	if i < len(list) && list[i].inner <= at {
		return &list[i]
	}
	return nil
}

var (
	trackProperties = regexp.MustCompile(`(?s)<w:rPr>.*?</w:rPr>|<w:rPr/>`)
	trackTag        = regexp.MustCompile(`<[/!?]?([^\s/>]*)`)
	anyTag          = regexp.MustCompile(`<[^>]*>`)
	trackText       = regexp.MustCompile(`<(/?)w:t([ >/])`)
)

// trackable reports whether Word can track bytes that hold no other tags than
// those of runs.
func trackable(raw string) bool {
	for _, m := range trackTag.FindAllStringSubmatch(trackProperties.ReplaceAllString(raw, ""), -1) {
		switch m[1] {
		case "w:t", "w:r", "w:tab", "w:br", "w:proofErr", "w:lastRenderedPageBreak":
		default:
			return false
		}
	}
	return true
}

// author says who wrote the wording that a change belongs to.
func (t *tracker) author(at int) (string, time.Time) {
	for i := range t.review.Units {
		u := &t.review.Units[i]
		for _, s := range u.Unit.Target {
			if s.Envelope.Start <= at && at <= s.Envelope.End {
				if rev := u.Current(); rev.Text != u.Unit.Text.Target {
					return t.review.displayName(rev.Author), rev.Created
				}
			}
		}
	}
	return "Reviseur", t.review.Version.Created
}

func (t *tracker) mark(element, author string, at time.Time) string {
	t.id++
	return "<" + element + ` w:id="` + strconv.Itoa(t.id) + `" w:author="` + attrEscapes.Replace(author) + `" w:date="` + at.UTC().Format("2006-01-02T15:04:05Z") + `"`
}

const keptText = `<w:t xml:space="preserve">`

// change marks one change.
func (t *tracker) change(c layout.Change, texts []docxRunText) {
	old, text := string(t.review.Target.Raw[c.Old.Start:c.Old.End]), string(c.New)
	author, at := t.author(c.Old.Start)
	from, to := textAt(texts, c.Old.Start), textAt(texts, c.Old.End)
	switch {
	case strings.HasPrefix(text, "<w:p>") && old == "":
		t.ops = append(t.ops, trackOp{c.Old, 1, t.newParagraph(text, author, at)})
	case from == nil || to == nil || from.tracked || to.tracked || !trackable(old) || !trackable(text):
		t.ops = append(t.ops, trackOp{c.Old, 1, text})
		if from != nil && from.main {
			t.comment(layout.Span{Start: c.Old.Start, End: c.Old.Start}, author, at, "Changed here without a tracked change, since links, notes or pictures went along. It was: "+plainWords(old), texts)
		}
	default:
		out := "</w:t></w:r>"
		if old != "" {
			run := "<w:r>" + from.properties + keptText + old + "</w:t></w:r>"
			out += t.mark("w:del", author, at) + ">" + trackText.ReplaceAllString(run, "<${1}w:delText${2}") + "</w:del>"
		}
		if text != "" {
			out += t.mark("w:ins", author, at) + "><w:r>" + from.properties + keptText + text + "</w:t></w:r></w:ins>"
		}
		out += "<w:r>" + to.properties + keptText
		t.ops = append(t.ops, trackOp{c.Old, 1, out})
		t.preserve(from)
	}
}

// preserve keeps the white space at the new end of a text that is cut.
func (t *tracker) preserve(x *docxRunText) {
	if x.preserve {
		return
	}
	x.preserve = true
	t.ops = append(t.ops, trackOp{layout.Span{Start: x.tag, End: x.inner}, 0, keptText})
}

// plainWords is text without its tags.
func plainWords(raw string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(anyTag.ReplaceAllString(raw, ""))
}

// newParagraph marks the run and the end of a paragraph that an insertion made.
func (t *tracker) newParagraph(text, author string, at time.Time) string {
	end := "<w:rPr>" + t.mark("w:ins", author, at) + "/></w:rPr>"
	switch {
	case !strings.HasPrefix(text, "<w:p><w:pPr>"):
		text = "<w:p><w:pPr>" + end + "</w:pPr>" + strings.TrimPrefix(text, "<w:p>")
	case !strings.Contains(text[:strings.Index(text, "</w:pPr>")], "<w:rPr>"):
		text = strings.Replace(text, "</w:pPr>", end+"</w:pPr>", 1)
	}
	i := strings.Index(text, "</w:pPr>") + len("</w:pPr>")
	run := strings.TrimSuffix(text[i:], "</w:p>")
	return text[:i] + t.mark("w:ins", author, at) + ">" + run + "</w:ins></w:p>"
}

// unitComments makes comments of open flags and of notes.
func (t *tracker) unitComments(texts []docxRunText) {
	for i := range t.review.Units {
		u := &t.review.Units[i]
		if len(u.Unit.Target) == 0 {
			continue
		}
		first, last := u.Unit.Target[0].Envelope, u.Unit.Target[len(u.Unit.Target)-1].Envelope
		span := layout.Span{Start: first.Start, End: last.End}
		for _, f := range u.OpenFlags() {
			t.comment(span, t.review.displayName(f.By), f.Created, flagLine(f), texts)
		}
		for _, c := range u.Comments {
			if !c.Undone {
				t.comment(span, t.review.displayName(c.By), c.Created, c.Text, texts)
			}
		}
		if rev := u.Current(); rev.Text != u.Unit.Text.Target && (rev.Note != "" || rev.Instruction != "") {
			note := rev.Note
			if rev.Instruction != "" {
				note = strings.TrimSpace(note + " (on the instruction of " + rev.Instruction + ")")
			}
			t.comment(span, t.review.displayName(rev.Author), rev.Created, note, texts)
		}
	}
}

// comment adds a comment to a passage, where Word can hold one.
func (t *tracker) comment(span layout.Span, author string, at time.Time, text string, texts []docxRunText) {
	from, to := textAt(texts, span.Start), textAt(texts, span.End)
	if from == nil || to == nil || !from.main {
		return
	}
	t.id++
	id := strconv.Itoa(t.id)
	again := func(x *docxRunText) string { return "<w:r>" + x.properties + keptText }
	t.ops = append(t.ops,
		trackOp{layout.Span{Start: span.Start, End: span.Start}, 0, "</w:t></w:r><w:commentRangeStart w:id=\"" + id + "\"/>" + again(from)},
		trackOp{layout.Span{Start: span.End, End: span.End}, 2, "</w:t></w:r><w:commentRangeEnd w:id=\"" + id + "\"/><w:r><w:commentReference w:id=\"" + id + "\"/></w:r>" + again(to)})
	t.preserve(from)
	t.preserve(to)
	t.comments = append(t.comments, docxComment{t.id, author, at, text})
}

// apply makes all replacements. One inside of another, as the start of a text
// that a deletion takes along, gives way.
func (t *tracker) apply(inside []byte) []byte {
	slices.SortStableFunc(t.ops, func(a, b trackOp) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(a.order, b.order))
	})
	var out []byte
	at := 0
	for _, op := range t.ops {
		if op.span.Start < at {
			continue
		}
		out = append(append(out, inside[at:op.span.Start]...), op.text...)
		at = op.span.End
	}
	return append(out, inside[at:]...)
}

const (
	commentsType = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
	commentsRel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
)

// commentParts writes the comments into their part, which is made and named to
// the others where there is none.
func (t *tracker) commentParts(changed map[string][]byte) error {
	var xml strings.Builder
	for _, c := range t.comments {
		initials := ""
		for _, word := range strings.Fields(c.author) {
			initials += string([]rune(word)[:1])
		}
		fmt.Fprintf(&xml, `<w:comment w:id="%d" w:author="%s" w:date="%s" w:initials="%s">`, c.id, attrEscapes.Replace(c.author), c.at.UTC().Format("2006-01-02T15:04:05Z"), attrEscapes.Replace(initials))
		for line := range strings.SplitSeq(c.text, "\n") {
			xml.WriteString("<w:p><w:r>" + keptText + textEscapes.Replace(xmlText(line)) + "</w:t></w:r></w:p>")
		}
		xml.WriteString("</w:comment>")
	}
	into := func(part, text string) error {
		tree, data, err := t.archive.xml(part)
		if err != nil {
			return err
		}
		e := tree.root
		added := slices.Concat(data[:e.innerEnd], []byte(text), data[e.innerEnd:])
		if e.inner == e.end { // <w:comments/>
			added = slices.Concat(bytes.TrimSuffix(data[:e.end], []byte("/>")), []byte(">"+text+"</"+tagName(data, e)+">"), data[e.end:])
		}
		if _, err := readXML(part, added); err != nil {
			return corpus.Errorf(corpus.Unsupported, "%s: %s is not written as usual; no comments can be added", t.archive.name, part)
		}
		changed[part] = added
		return nil
	}
	if part, ok := t.archive.byRel["comments"]; ok {
		return into(part, xml.String())
	}
	dir, base := "", t.archive.main
	if i := strings.LastIndexByte(base, '/'); i >= 0 {
		dir, base = base[:i+1], base[i+1:]
	}
	name := dir + "comments.xml"
	if t.archive.entry(name) != nil {
		name = dir + "comments-review.xml"
	}
	changed[name] = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<w:comments xmlns:w="` + nsWord + `">` + xml.String() + `</w:comments>`)
	if err := into("[Content_Types].xml", `<Override PartName="/`+name+`" ContentType="`+commentsType+`"/>`); err != nil {
		return err
	}
	return into(dir+"_rels/"+base+".rels", `<Relationship Id="rIdReview`+strconv.Itoa(trackBase)+`" Type="`+commentsRel+`" Target="`+strings.TrimPrefix(name, dir)+`"/>`)
}

// xmlText is text without the characters that XML cannot hold.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == '\uFFFE' || r == '\uFFFF' {
			return '\uFFFD'
		}
		return r
	}, s)
}
