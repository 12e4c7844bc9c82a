package exchange

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// Memory is a translation memory that was read.
type Memory struct {
	Source string // language of the sources; AllLanguages where any may be one
	Units  []MemoryUnit
}

// AllLanguages is what a memory says whose units may be used from any of their
// languages into any other.
const AllLanguages = "*all*"

// MemoryUnit is a text in several languages.
type MemoryUnit struct {
	ID       string // "" for none
	Line     int    // in the file
	Source   string // its own language of the source; "" where the memory's holds
	Variants []MemoryVariant
}

// MemoryVariant is a text in one language, the codes in it left out.
type MemoryVariant struct {
	Lang, Text string
	Changed    time.Time // or created; zero where the file does not say
}

// Pairs returns the texts that the memory holds from one language to another, in
// the order of the file. Languages match by their base and script alone: a memory
// from zh-CN to en-US serves zh to en.
func (m *Memory) Pairs(source, target language.Tag) []corpus.Pair {
	var list []corpus.Pair
	for _, u := range m.Units {
		from := u.Source
		if from == "" {
			from = m.Source
		}
		if from != AllLanguages && !sameLanguage(from, source) {
			continue
		}
		for _, s := range u.Variants {
			for _, t := range u.Variants {
				if sameLanguage(s.Lang, source) && sameLanguage(t.Lang, target) {
					list = append(list, corpus.Pair{Source: s.Text, Target: t.Text})
				}
			}
		}
	}
	return list
}

// Languages returns the languages of the memory as the file writes them, in the
// order in which they appear.
func (m *Memory) Languages() []string {
	var list []string
	for _, u := range m.Units {
		for _, v := range u.Variants {
			if !slices.Contains(list, v.Lang) {
				list = append(list, v.Lang)
			}
		}
	}
	return list
}

func sameLanguage(a string, b language.Tag) bool {
	tag, err := language.Parse(a)
	if err != nil {
		return false
	}
	x, _ := tag.Base()
	y, _ := b.Base()
	s, sure := tag.Script()
	w, also := b.Script()
	return x == y && (s == w || sure < language.High || also < language.High)
}

// The rules of TMX 1.4b that its document type states, and those that it leaves
// to the words of the specification: dates, pairs of codes, languages.
var (
	tmxVersions = []string{"1.0", "1.1", "1.2", "1.3", "1.4", "1.4b"}
	tmxHeader   = []string{"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
	tmxSegTypes = []string{"block", "paragraph", "sentence", "phrase"}
	tmxDates    = []string{"creationdate", "changedate", "lastusagedate"}
	tmxInside   = map[string][]string{
		"tmx": {"header", "body"}, "header": {"note", "prop", "ude"}, "ude": {"map"}, "body": {"tu"}, "tu": {"note", "prop", "tuv"}, "tuv": {"note", "prop", "seg"},
		"seg": tmxInline, "hi": tmxInline, "sub": tmxInline, "bpt": {"sub"}, "ept": {"sub"}, "it": {"sub"}, "ph": {"sub"}, "ut": {"sub"},
	}
	tmxInline = []string{"bpt", "ept", "it", "ph", "hi", "ut"}

	languageCode = regexp.MustCompile(`^[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*$`)
)

const tmxDate = "20060102T150405Z"

type tmxReader struct {
	*xmlTree
	space   string // namespace of the elements; nearly always none
	version string
}

// readTMX reads a memory and checks it.
func readTMX(name string, raw []byte) (*Memory, error) {
	tree, err := readXML(name, raw)
	if err != nil {
		return nil, err
	}
	x := &tmxReader{xmlTree: tree, space: tree.root.name.Space, version: tree.root.attr("version")}
	switch {
	case x.root.name.Local != "tmx":
		return nil, x.refuse(x.root.start, "the outermost element is %s, not tmx", x.root.name.Local)
	case !slices.Contains(tmxVersions, x.version):
		return nil, x.refuseKind(corpus.Unsupported, x.root.start, "this is TMX of version %q; read are 1.0 to 1.4b", x.version)
	}
	if err := x.contents(x.root); err != nil {
		return nil, err
	}
	header, body := x.root.children(x.space, "header"), x.root.children(x.space, "body")
	if len(header) != 1 || len(body) != 1 || header[0].start > body[0].start {
		return nil, x.refuse(x.root.start, "a tmx holds one header, and one body behind it")
	}
	if err := x.header(header[0]); err != nil {
		return nil, err
	}
	m := &Memory{Source: tmxLang(header[0].attr("srclang"))}
	for _, e := range body[0].children(x.space, "tu") {
		u, err := x.unit(e)
		if err != nil {
			return nil, err
		}
		m.Units = append(m.Units, u)
	}
	return m, nil
}

// contents checks which elements stand in which, and that no text stands between
// those that hold none.
func (x *tmxReader) contents(e *xmlElement) error {
	inside, structure := tmxInside[e.name.Local], !slices.Contains([]string{"seg", "hi", "sub", "bpt", "ept", "it", "ph", "ut", "note", "prop"}, e.name.Local)
	for _, k := range e.kids {
		switch {
		case k.element == nil && structure && strings.TrimSpace(k.text) != "":
			return x.refuse(k.start, "there is text inside %s, which holds elements", e.name.Local)
		case k.element == nil:
		case k.element.name.Space != x.space || !slices.Contains(inside, k.element.name.Local):
			return x.refuse(k.start, "the element %s cannot stand inside %s", k.element.name.Local, e.name.Local)
		default:
			if err := x.contents(k.element); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *tmxReader) header(h *xmlElement) error {
	for _, name := range tmxHeader {
		if h.attr(name) == "" && (x.modern() || name == "srclang") {
			return x.refuse(h.start, "the header needs the attribute %s", name)
		}
	}
	if s := h.attr("segtype"); s != "" && !slices.Contains(tmxSegTypes, s) {
		return x.refuse(h.start, "the segtype %q is none of %s", s, strings.Join(tmxSegTypes, ", "))
	}
	if err := x.language(h, h.attr("srclang"), true); err != nil {
		return err
	}
	return x.dates(h)
}

// modern reports whether the file is of the version that this program writes,
// whose rules are strict.
func (x *tmxReader) modern() bool { return strings.HasPrefix(x.version, "1.4") }

func (x *tmxReader) language(e *xmlElement, code string, all bool) error {
	if all && strings.EqualFold(code, AllLanguages) || languageCode.MatchString(code) {
		return nil
	}
	return x.refuse(e.start, "%q is no code of a language (%s)", code, e.name.Local)
}

// dates checks the dates of an element: TMX has one form for them.
func (x *tmxReader) dates(e *xmlElement) error {
	for _, name := range tmxDates {
		if v := e.attr(name); v != "" {
			if _, err := time.Parse(tmxDate, v); err != nil {
				return x.refuse(e.start, "%s=%q is no date of the form YYYYMMDDThhmmssZ", name, v)
			}
		}
	}
	return nil
}

func (x *tmxReader) unit(e *xmlElement) (MemoryUnit, error) {
	u := MemoryUnit{ID: e.attr("tuid"), Line: line(x.raw, e.start), Source: tmxLang(e.attr("srclang"))}
	if err := x.dates(e); err != nil {
		return u, err
	}
	if s := e.attr("srclang"); s != "" {
		if err := x.language(e, s, true); err != nil {
			return u, err
		}
	}
	variants := e.children(x.space, "tuv")
	if len(variants) == 0 {
		return u, x.refuse(e.start, "a tu needs a tuv")
	}
	for _, k := range e.kids {
		if k.element != nil && k.element.name.Local != "tuv" && k.start > variants[0].start {
			return u, x.refuse(k.start, "the element %s stands behind a tuv", k.element.name.Local)
		}
	}
	for _, v := range variants {
		out, err := x.variant(v)
		if err != nil {
			return u, err
		}
		u.Variants = append(u.Variants, out)
	}
	return u, nil
}

func (x *tmxReader) variant(e *xmlElement) (MemoryVariant, error) {
	var v MemoryVariant
	lang, ok := e.lookup(xmlNamespace, "lang")
	if !ok && !x.modern() {
		lang, ok = e.lookup("", "lang") // up to 1.1 it was not XML's own
	}
	if !ok {
		return v, x.refuse(e.start, "a tuv needs the attribute xml:lang")
	}
	if err := x.language(e, lang, false); err != nil {
		return v, err
	}
	if err := x.dates(e); err != nil {
		return v, err
	}
	for _, name := range []string{"changedate", "creationdate"} {
		if at, err := time.Parse(tmxDate, e.attr(name)); err == nil && v.Changed.IsZero() {
			v.Changed = at
		}
	}
	segs := e.children(x.space, "seg")
	if len(segs) != 1 || e.kids[len(e.kids)-1].element != segs[0] && behindSeg(e, segs[0]) {
		return v, x.refuse(e.start, "a tuv holds one seg, as its last element")
	}
	var b strings.Builder
	if err := x.segment(segs[0], &b); err != nil {
		return v, err
	}
	v.Lang, v.Text = tmxLang(lang), b.String()
	return v, nil
}

func behindSeg(e, seg *xmlElement) bool {
	for _, k := range e.kids {
		if k.element != nil && k.start > seg.start {
			return true
		}
	}
	return false
}

// tmxLang writes a code of a language as it is written today.
func tmxLang(code string) string {
	if strings.EqualFold(code, AllLanguages) {
		return AllLanguages
	}
	return strings.ReplaceAll(code, "_", "-")
}

// segment checks the codes inside a segment, and gathers its text.
func (x *tmxReader) segment(seg *xmlElement, b *strings.Builder) error {
	open := map[string]*xmlElement{} // begun and not ended, by i
	var order []string
	var walk func(e *xmlElement, text bool) error
	walk = func(e *xmlElement, text bool) error {
		for _, k := range e.kids {
			if k.element == nil {
				if text {
					b.WriteString(k.text)
				}
				continue
			}
			inner := k.element
			i, name := inner.attr("i"), inner.name.Local
			switch {
			case (name == "bpt" || name == "ept") && i == "":
				return x.refuse(inner.start, "a %s needs the attribute i", name)
			case name == "bpt" && open[i] != nil:
				return x.refuse(inner.start, "a second bpt with i=%q begins before the first ends", i)
			case name == "bpt":
				open[i] = inner
				order = append(order, i)
			case name == "ept" && open[i] == nil:
				return x.refuse(inner.start, "the ept with i=%q has no bpt before it", i)
			case name == "ept":
				delete(open, i)
			case name == "it" && inner.attr("pos") != "begin" && inner.attr("pos") != "end":
				return x.refuse(inner.start, "an it needs the attribute pos, begin or end")
			}
			if name == "sub" {
				if err := x.segment(inner, new(strings.Builder)); err != nil {
					return err
				}
				continue
			}
			if err := walk(inner, text && name == "hi"); err != nil {
				return err
			}
		}
		return nil
	}
	if err := walk(seg, true); err != nil {
		return err
	}
	for _, i := range order {
		if e := open[i]; e != nil {
			return x.refuse(e.start, "the bpt with i=%q has no ept in its seg", i)
		}
	}
	return nil
}
