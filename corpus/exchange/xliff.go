package exchange

import (
	"bytes"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// The namespaces of XLIFF and of what this program writes beside it. 2.0 and
// 2.1 share one; the second half of an address is not always the version.
const (
	xliff12 = "urn:oasis:names:tc:xliff:document:1.2"
	xliff20 = "urn:oasis:names:tc:xliff:document:2.0"
	nsIts   = "http://www.w3.org/2005/11/its"
	nsItsm  = "urn:oasis:names:tc:xliff:itsm:2.1"
	nsMtc   = "urn:oasis:names:tc:xliff:matches:2.0"
	nsGls   = "urn:oasis:names:tc:xliff:glossary:2.0"
	nsMda   = "urn:oasis:names:tc:xliff:metadata:2.0"
)

const titleXLIFF21, titleXLIFF12 = "XLIFF 2.1", "XLIFF 1.2"

// xliff21Format is XLIFF 2.0 and 2.1 (OASIS, 2014 and 2018): core, with notes,
// and the modules matches, glossary, metadata and ITS.
var xliff21Format = Format{
	ID: "xliff-2.1", Title: titleXLIFF21, Extensions: []string{".xlf", ".xliff"},
	claims:  func(raw []byte) bool { return xliffVersion(raw) != "1" },
	pair:    func(name string, raw []byte) (*Bilingual, error) { return readXLIFF(name, raw, xliff20) },
	write:   writeXLIFF21,
	restore: restoreXLIFF21,
}

// xliff12Format is XLIFF 1.2 (OASIS, 2008), which most translation tools open.
var xliff12Format = Format{
	ID: "xliff-1.2", Title: titleXLIFF12, Extensions: []string{".xlf", ".xliff"},
	claims: func(raw []byte) bool { return xliffVersion(raw) == "1" },
	pair:   func(name string, raw []byte) (*Bilingual, error) { return readXLIFF(name, raw, xliff12) },
	write:  writeXLIFF12,
}

// xliffVersion guesses the major version from the beginning of a file; "" where
// there is no sign of one. The reader then says exactly what is wrong.
func xliffVersion(raw []byte) string {
	head := raw[:min(len(raw), 4096)]
	i := bytes.Index(head, []byte("<xliff"))
	if j := bytes.Index(head, []byte(":xliff")); i < 0 {
		i = j
	}
	if i < 0 {
		return ""
	}
	head = head[i:]
	if end := bytes.IndexByte(head, '>'); end >= 0 {
		head = head[:end]
	}
	_, after, ok := bytes.Cut(head, []byte("version"))
	if after = bytes.TrimLeft(after, " \t\r\n=\"'"); !ok || len(after) == 0 {
		return ""
	}
	return string(after[:1])
}

// xliffRead is an XLIFF file taken apart: the units of review that it holds.
type xliffRead struct {
	*xmlTree
	core               string // its namespace
	prefixes           map[string]string
	sourceLang, target string
	units              []xliffUnit
}

// xliffUnit is a unit of XLIFF 2 or a trans-unit of 1.2.
type xliffUnit struct {
	element  *xmlElement
	kind     layout.Kind
	level    int
	locked   bool
	segments []xliffSegment
}

// xliffSegment is a source beside its target: the elements that hold them. A
// segment without a target element, or with an empty one, has a frame that
// would hold it, if the file can hold one.
type xliffSegment struct {
	source, target *xmlElement
	frame          *layout.Frame
}

// readXLIFF reads a file of the version with the namespace, and checks it.
func readXLIFF(name string, raw []byte, core string) (*Bilingual, error) {
	x, err := parseXLIFF(name, raw, core)
	if err != nil {
		return nil, err
	}
	return x.bilingual(), nil
}

func parseXLIFF(name string, raw []byte, core string) (*xliffRead, error) {
	tree, err := readXML(name, raw)
	if err != nil {
		return nil, err
	}
	x := &xliffRead{xmlTree: tree, core: core, prefixes: tree.prefixesOf(tree.root)}
	version := x.root.attr("version")
	switch {
	case x.root.name.Local != "xliff":
		return nil, x.refuse(x.root.start, "the outermost element is %s, not xliff", x.root.name.Local)
	case core == xliff20 && version != "2.0" && version != "2.1", core == xliff12 && version != "1.2":
		return nil, x.refuseKind(corpus.Unsupported, x.root.start, "this is XLIFF of version %q; read are 1.2, 2.0 and 2.1", version)
	case x.root.name.Space != core:
		return nil, x.refuse(x.root.start, "XLIFF %s has the namespace %s; this file has %q", version, core, x.root.name.Space)
	}
	if core == xliff12 {
		err = x.check12()
	} else {
		err = x.check20()
	}
	if err != nil {
		return nil, err
	}
	x.sourceLang, x.target = x.languages()
	x.collect(x.root, false)
	return x, nil
}

// languages returns the languages of the file; of a 1.2 file with several, those
// of the first.
func (x *xliffRead) languages() (source, target string) {
	if x.core == xliff20 {
		return x.root.attr("srcLang"), x.root.attr("trgLang")
	}
	f := x.root.child(xliff12, "file")
	return f.attr("source-language"), f.attr("target-language")
}

// collect gathers the units inside an element in file order. locked says that
// the file forbids to translate what is around them.
func (x *xliffRead) collect(within *xmlElement, locked bool) {
	for _, k := range within.kids {
		e := k.element
		if e == nil || e.name.Space != x.core {
			continue
		}
		held := locked
		if t := e.attr("translate"); t != "" {
			held = t == "no"
		}
		switch e.name.Local {
		case "unit":
			x.units = append(x.units, x.unit20(e, held))
		case "trans-unit":
			x.units = append(x.units, x.unit12(e, held))
		case "xliff", "file", "group", "body": // xliff itself only in a part of a file
			x.collect(e, held)
		}
	}
}

func (x *xliffRead) unit20(e *xmlElement, locked bool) xliffUnit {
	u := xliffUnit{element: e, locked: locked}
	u.kind, u.level = xliffKind(kindWord(e, "name"))
	for _, s := range e.children(x.core, "segment") {
		seg := xliffSegment{source: s.child(x.core, "source"), target: s.child(x.core, "target")}
		if seg.source == nil {
			continue // only of a part that an edit has broken
		}
		if seg.frame = x.slotIn(seg.target, seg.source, "target"); x.root != nil && x.root.attr("trgLang") == "" {
			seg.frame = nil // a target would make the file invalid
		}
		u.segments = append(u.segments, seg)
	}
	return u
}

// kindWord is the word by which a unit, or the group around it, says what its
// text is: ours are the names of layout's kinds.
func kindWord(e *xmlElement, attr string) string {
	if w := e.attr(attr); w != "" || e.parent == nil {
		return w
	}
	return e.parent.attr(attr)
}

// xliffKind reads the word that kindName wrote.
func xliffKind(word string) (layout.Kind, int) {
	word = strings.TrimPrefix(word, "x-")
	level := 0
	if i := len(word) - 1; i > 1 && word[i-1] == '-' && '1' <= word[i] && word[i] <= '6' {
		word, level = word[:i-1], int(word[i]-'0')
	}
	for k := layout.Paragraph; k <= layout.Term; k++ {
		if k.String() == word {
			return k, level
		}
	}
	return layout.Paragraph, 0
}

// unit12 pairs the segments of a trans-unit by their mids. One that is cut on
// one side alone counts as uncut.
func (x *xliffRead) unit12(e *xmlElement, locked bool) xliffUnit {
	u := xliffUnit{element: e, locked: locked}
	u.kind, u.level = xliffKind(kindWord(e, "restype"))
	source, cut, target := e.child(x.core, "source"), e.child(x.core, "seg-source"), e.child(x.core, "target")
	if source == nil {
		return u
	}
	whole := xliffSegment{source: source, target: target}
	behind := source
	if cut != nil {
		behind = cut
	}
	whole.frame = x.slotIn(target, behind, "target")
	var marks []*xmlElement
	if cut != nil {
		marks = x.segments12(cut)
	}
	if len(marks) == 0 || target == nil || len(x.segments12(target)) == 0 {
		if target == nil && len(marks) == 1 {
			whole.source = marks[0]
		}
		u.segments = []xliffSegment{whole}
		return u
	}
	byMid := map[string]*xmlElement{}
	for _, m := range x.segments12(target) {
		byMid[m.attr("mid")] = m
	}
	for _, m := range marks {
		mid := m.attr("mid")
		seg := xliffSegment{source: m, target: byMid[mid]}
		if seg.frame = x.slotIn(seg.target, nil, "mrk"); seg.target == nil {
			mrk := strings.TrimSuffix(tagName(x.raw, m), "mrk") + "mrk"
			seg.frame = &layout.Frame{At: target.innerEnd, Before: "<" + mrk + ` mtype="seg" mid="` + attrEscapes.Replace(mid) + `">`, After: "</" + mrk + ">"}
		}
		u.segments = append(u.segments, seg)
	}
	return u
}

// segments12 returns the marks of segments in a seg-source or target.
func (x *xliffRead) segments12(within *xmlElement) []*xmlElement {
	var list []*xmlElement
	within.walk(func(e *xmlElement) bool {
		if e.is(x.core, "mrk") && e.attr("mtype") == "seg" {
			list = append(list, e)
			return false
		}
		return e.is(x.core, "g") || e.is(x.core, "mrk")
	})
	return list
}

// slotIn returns how an empty target is written: inside the element that is
// there, else in a new one behind the source. It is nil where the target holds
// anything.
func (x *xliffRead) slotIn(target, source *xmlElement, name string) *layout.Frame {
	switch {
	case target == nil && source == nil:
		return nil
	case target == nil:
		tag := strings.TrimSuffix(tagName(x.raw, source), source.name.Local) + name
		return &layout.Frame{At: source.end, Before: "<" + tag + ">", After: "</" + tag + ">"}
	case len(bytes.TrimSpace(x.raw[target.inner:target.innerEnd])) > 0:
		return nil
	case target.inner == target.end: // <target/>
		open := strings.TrimRight(strings.TrimSuffix(string(x.raw[target.start:target.inner]), "/>"), " \t\r\n")
		return &layout.Frame{At: target.start, Over: target.end - target.start, Before: open + ">", After: "</" + tagName(x.raw, target) + ">"}
	}
	return &layout.Frame{At: target.inner, Over: target.innerEnd - target.inner}
}
