package exchange

import (
	"slices"
	"strconv"
	"strings"
)

// unitCheck checks one unit of XLIFF 2: its segments, its codes and marks, and
// what refers to them.
type unitCheck struct {
	*fileCheck
	unit   *xmlElement
	parts  ids // segments, ignorables, codes and marks share one scope
	data   ids
	issues map[string]bool // xml:ids of stand-off quality issues
}

func (u *unitCheck) check() error {
	if d := u.unit.child(xliff20, "originalData"); d != nil {
		for _, e := range d.children(xliff20, "data") {
			if err := u.data.add(u.xliffRead, e, "unit"); err != nil {
				return err
			}
			if err := u.codePoints(e); err != nil {
				return err
			}
		}
	}
	if err := u.standOff(); err != nil {
		return err
	}
	var sources, targets []*xmlElement
	orders := map[int]bool{}
	count, ordered := 0, false
	for _, k := range u.unit.kids {
		e := k.element
		if !e.is(xliff20, "segment") && !e.is(xliff20, "ignorable") {
			continue
		}
		count++
		if err := u.parts.add(u.xliffRead, e, "unit"); err != nil {
			return err
		}
		if err := u.segment(e); err != nil {
			return err
		}
		source, target := e.child(xliff20, "source"), e.child(xliff20, "target")
		sources = append(sources, source)
		if target == nil {
			continue
		}
		targets = append(targets, target)
		n := count // where nothing is said
		if o := target.attr("order"); o != "" {
			ordered = true
			var err error
			if n, err = strconv.Atoi(o); err != nil || n < 1 {
				return u.refuse(target.start, "the order of a target is %q; it is a number from 1 on", o)
			}
		}
		if orders[n] {
			return u.refuse(target.start, "two targets of the unit have the order %d", n)
		}
		orders[n] = true
	}
	if ordered {
		for n := range orders {
			if n > count {
				return u.refuse(u.unit.start, "the order %d of a target is beyond the %d parts of the unit", n, count)
			}
		}
	}
	src := &sideCheck{unitCheck: u, ids: ids{}, lang: "srcLang"}
	if err := src.check(sources); err != nil {
		return err
	}
	trg := &sideCheck{unitCheck: u, ids: ids{}, lang: "trgLang"}
	if err := trg.check(targets); err != nil {
		return err
	}
	return u.references(src.ids, trg.ids)
}

// segment checks the states and languages of a segment or ignorable.
func (u *unitCheck) segment(e *xmlElement) error {
	state, hasState := e.lookup("", "state")
	sub, hasSub := e.lookup("", "subState")
	if hasSub {
		if !hasState {
			return u.refuse(e.start, "subState needs the attribute state beside it")
		}
		if err := u.prefixed(e, "subState", sub); err != nil {
			return err
		}
	}
	target := e.child(xliff20, "target")
	if hasState && state != "initial" && target == nil {
		return u.refuse(e.start, "a segment without a target cannot have the state %q", state)
	}
	if target != nil && u.root.attr("trgLang") == "" {
		return u.refuse(u.root.start, "a file with targets needs the attribute trgLang (line %d has one)", line(u.raw, target.start))
	}
	if target != nil {
		a, b := e.child(xliff20, "source").inherited("space"), target.inherited("space")
		if (a == "preserve") != (b == "preserve") {
			return u.refuse(target.start, "source and target of a segment have different values of xml:space")
		}
	}
	return nil
}

// prefixed checks a value of the form prefix:value, whose prefix nobody else
// may call xlf.
func (u *unitCheck) prefixed(e *xmlElement, name, v string) error {
	prefix, value, ok := strings.Cut(v, ":")
	if !ok || prefix == "" || value == "" {
		return u.refuse(e.start, "the attribute %s is %q; it has the form prefix:value", name, v)
	}
	return nil
}

// codePoints checks the characters that XML cannot hold (cp).
func (u *unitCheck) codePoints(within *xmlElement) error {
	for _, e := range within.children(xliff20, "cp") {
		hex := e.attr("hex")
		n, err := strconv.ParseUint(hex, 16, 32)
		if err != nil || len(hex) < 4 || len(hex) > 6 || n > 0x10FFFF {
			return u.refuse(e.start, "the code point %q is no hexadecimal number of four to six digits up to 10FFFF", hex)
		}
		if r := rune(n); xmlCharacter(string(r), r) && (n < 0xD800 || n > 0xDFFF) {
			return u.refuse(e.start, "the character %04X can stand in XML itself; cp is for those that cannot", n)
		}
	}
	return nil
}

// standOff checks quality issues that stand beside the text.
func (u *unitCheck) standOff() error {
	for _, list := range u.unit.children(nsIts, "locQualityIssues") {
		id, _ := list.lookup(xmlNamespace, "id")
		if id == "" || u.issues[id] {
			return u.refuse(list.start, "the quality issues beside the text need an xml:id of their own")
		}
		u.issues[id] = true
		for _, e := range list.children(nsIts, "locQualityIssue") {
			if err := u.issue(e, "", "locQualityIssue"); err != nil {
				return err
			}
		}
	}
	return nil
}

// references checks what matches and glossary entries refer to.
func (u *unitCheck) references(source, target ids) error {
	known := func(ref string) bool {
		id, local := strings.CutPrefix(ref, "#")
		if !local || strings.Contains(id, "/") {
			return true // into another unit or file
		}
		if t, ok := strings.CutPrefix(id, "t="); ok {
			return target[t] != nil
		}
		return u.parts[id] != nil || source[id] != nil || target[id] != nil
	}
	for _, m := range []struct{ space, around, name string }{{nsMtc, "matches", "match"}, {nsGls, "glossary", "glossEntry"}} {
		for _, list := range u.unit.children(m.space, m.around) {
			unique := ids{}
			for _, e := range list.children(m.space, m.name) {
				if err := unique.add(u.xliffRead, e, "unit"); err != nil {
					return err
				}
				ref, ok := e.lookup("", "ref")
				if m.name == "match" && !ok {
					return u.refuse(e.start, "a match needs the attribute ref")
				}
				if !known(ref) {
					return u.refuse(e.start, "%s refers to %q, which is nothing of this unit", m.name, ref)
				}
			}
		}
	}
	return nil
}

// noteNamed reports whether the unit has a note with the id.
func (u *unitCheck) noteNamed(id string) bool {
	for _, list := range u.unit.children(xliff20, "notes") {
		if slices.ContainsFunc(list.children(xliff20, "note"), func(n *xmlElement) bool { return n.attr("id") == id }) {
			return true
		}
	}
	return false
}

// sideCheck checks the codes and marks in all sources of a unit, or in all its
// targets.
type sideCheck struct {
	*unitCheck
	ids   ids
	lang  string                 // the attribute of xliff that names the side's language
	codes map[string]*xmlElement // sc that wait for their ec
	marks map[string]*xmlElement // sm that wait for their em
}

func (s *sideCheck) check(texts []*xmlElement) error {
	s.codes, s.marks = map[string]*xmlElement{}, map[string]*xmlElement{}
	for _, e := range texts {
		if lang := e.inherited("lang"); lang != "" && !strings.EqualFold(lang, s.root.attr(s.lang)) {
			return s.refuse(e.start, "xml:lang is %q beside a %s of %q", lang, s.lang, s.root.attr(s.lang))
		}
		if err := s.inline(e); err != nil {
			return err
		}
	}
	for id, e := range s.codes {
		return s.refuse(e.start, "the code %q begins and does not end in this unit; then it says isolated=yes", id)
	}
	for id, e := range s.marks {
		return s.refuse(e.start, "the mark sm %q has no em that ends it", id)
	}
	return nil
}

func (s *sideCheck) inline(within *xmlElement) error {
	if err := s.codePoints(within); err != nil {
		return err
	}
	for _, k := range within.kids {
		e := k.element
		if e == nil || e.name.Space != xliff20 {
			continue
		}
		if e.name.Local != "ec" || e.attr("id") != "" {
			if err := s.ids.add(s.xliffRead, e, "unit"); err != nil {
				return err
			}
		}
		if other := s.parts[e.attr("id")]; other != nil && e.attr("id") != "" && (other.name.Local == "segment" || other.name.Local == "ignorable") {
			return s.refuse(e.start, "the id %q of %s is that of a %s as well", e.attr("id"), e.name.Local, other.name.Local)
		}
		if err := s.one(e); err != nil {
			return err
		}
		if err := s.inline(e); err != nil {
			return err
		}
	}
	return nil
}

// one checks one code or mark.
func (s *sideCheck) one(e *xmlElement) error {
	switch e.name.Local {
	case "sm", "mrk":
		if e.name.Local == "sm" {
			s.marks[e.attr("id")] = e
		}
		return s.mark(e)
	case "em":
		ref := e.attr("startRef")
		if s.marks[ref] == nil {
			return s.refuse(e.start, "em ends the mark %q, which did not begin before it", ref)
		}
		delete(s.marks, ref)
		return nil
	case "sc":
		if e.attr("isolated") != "yes" {
			s.codes[e.attr("id")] = e
		}
	case "ec":
		if err := s.endCode(e); err != nil {
			return err
		}
	case "cp":
		return nil
	}
	return s.code(e)
}

// endCode checks an ec: it ends a code of its unit, or is isolated and has an id.
func (s *sideCheck) endCode(e *xmlElement) error {
	ref, id := e.attr("startRef"), e.attr("id")
	if e.attr("isolated") == "yes" {
		if id == "" || ref != "" {
			return s.refuse(e.start, "an isolated ec has an id and no startRef")
		}
		return nil
	}
	start := s.codes[ref]
	switch {
	case ref == "" || id != "":
		return s.refuse(e.start, "an ec that is not isolated has a startRef and no id")
	case start == nil:
		return s.refuse(e.start, "ec ends the code %q, which did not begin before it", ref)
	}
	delete(s.codes, ref)
	for _, name := range []string{"canCopy", "canDelete", "canOverlap"} {
		if a, b := orYes(start.attr(name)), orYes(e.attr(name)); a != b {
			return s.refuse(e.start, "%s is %s here and %s where the code begins", name, b, a)
		}
	}
	a, b := orYes(start.attr("canReorder")), orYes(e.attr("canReorder"))
	if a == "firstNo" {
		a = "no"
	}
	if a != b {
		return s.refuse(e.start, "canReorder is %s here and does not fit where the code begins", b)
	}
	return nil
}

func orYes(v string) string {
	if v == "" {
		return "yes"
	}
	return v
}

// code checks the references of a code.
func (s *sideCheck) code(e *xmlElement) error {
	for _, name := range []string{"dataRef", "dataRefStart", "dataRefEnd"} {
		if ref, ok := e.lookup("", name); ok && s.data[ref] == nil {
			return s.refuse(e.start, "%s refers to the data %q, which the unit does not have", name, ref)
		}
	}
	if copyOf, ok := e.lookup("", "copyOf"); ok {
		of := s.ids[copyOf]
		switch {
		case of == nil || of == e:
			return s.refuse(e.start, "copyOf refers to the code %q, which did not stand before", copyOf)
		case of.attr("canCopy") == "no":
			return s.refuse(e.start, "copyOf refers to the code %q, which may not be copied", copyOf)
		case e.attr("dataRef") != "" || e.attr("dataRefStart") != "":
			return s.refuse(e.start, "a copy of a code has no data of its own")
		}
	}
	for _, name := range []string{"subFlows", "subFlowsStart", "subFlowsEnd"} {
		for id := range strings.FieldsSeq(e.attr(name)) {
			s.flows = append(s.flows, subFlow{e, id})
		}
	}
	if r := e.attr("canReorder"); (r == "no" || r == "firstNo") && (orYes(e.attr("canCopy")) == "yes" || orYes(e.attr("canDelete")) == "yes") {
		return s.refuse(e.start, "a code that cannot be reordered (canReorder=%s) says canCopy=no and canDelete=no too", r)
	}
	return s.types(e)
}

// codeTypes are the types of a code, and the kinds that XLIFF names of each.
var codeTypes = map[string]string{"fmt": "xlf:b xlf:i xlf:u xlf:lb xlf:pb", "ui": "xlf:var", "quote": "", "link": "", "image": "", "other": ""}

func (s *sideCheck) types(e *xmlElement) error {
	kind, hasKind := e.lookup("", "type")
	sub, hasSub := e.lookup("", "subType")
	own, known := codeTypes[kind]
	switch {
	case hasKind && !known:
		return s.refuse(e.start, "the type of a code is %q; it is one of fmt, ui, quote, link, image, other", kind)
	case !hasSub:
		return nil
	case !hasKind:
		return s.refuse(e.start, "subType needs the attribute type beside it")
	}
	if strings.HasPrefix(sub, "xlf:") && kind != "" && !slices.Contains(strings.Fields(own), sub) {
		return s.refuse(e.start, "the subType %q does not belong to the type %q", sub, kind)
	}
	return s.prefixed(e, "subType", sub)
}

// mark checks an annotation: its type, and what it refers to.
func (s *sideCheck) mark(e *xmlElement) error {
	kind, ref, value := e.attr("type"), e.attr("ref"), e.attr("value")
	_, hasRef := e.lookup("", "ref")
	_, hasValue := e.lookup("", "value")
	switch {
	case kind == "" || kind == "generic" || kind == "term":
	case kind == "comment":
		if hasRef == hasValue || hasValue && value == "" {
			return s.refuse(e.start, "a comment has a value or refers to a note, one of the two")
		}
		own := "#f=" + s.file.attr("id") + "/u=" + s.unit.attr("id") + "/n="
		id, ok := strings.CutPrefix(strings.Replace(ref, own, "#n=", 1), "#n=")
		if hasRef && (!ok || !s.noteNamed(id)) {
			return s.refuse(e.start, "the comment refers to %q, which is no note of this unit", ref)
		}
	default:
		if err := s.prefixed(e, "type", kind); err != nil {
			return err
		}
	}
	if err := s.fragment(e, ref); err != nil {
		return err
	}
	if its, ok := e.lookup(nsIts, "locQualityIssuesRef"); ok {
		if id, own := strings.CutPrefix(its, "#its="); own && !s.issues[id] {
			return s.refuse(e.start, "the mark refers to the quality issues %q, which the unit does not have", id)
		}
	}
	return s.issue(e, nsIts, "locQualityIssue")
}
