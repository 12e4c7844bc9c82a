package exchange

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// check20 checks a file of XLIFF 2.0 or 2.1: the elements and attributes by
// table, then what its prose asks for and what the schemas cannot say.
func (x *xliffRead) check20() error {
	if err := (xmlRules{xmlTree: x.xmlTree, core: xliff20, table: rules20}).check(x.root); err != nil {
		return err
	}
	for _, name := range []string{"srcLang", "trgLang"} {
		if v := x.root.attr(name); v != "" && !wellFormedTag(v) {
			return x.refuse(x.root.start, "the attribute %s is %q, which is no language tag", name, v)
		}
	}
	files := ids{}
	for _, f := range x.root.children(xliff20, "file") {
		if err := files.add(x, f, "file"); err != nil {
			return err
		}
		c := &fileCheck{xliffRead: x, file: f, units: ids{}, groups: ids{}}
		if err := c.check(); err != nil {
			return err
		}
	}
	return nil
}

// wellFormedTag reports whether a tag is well-formed (RFC 5646); unknown subtags
// are let pass.
func wellFormedTag(s string) bool {
	_, err := language.Parse(s)
	if err == nil {
		return true
	}
	_, unknown := err.(language.ValueError)
	return unknown
}

// ids are the identifiers of one scope.
type ids map[string]*xmlElement

// add refuses an id that the scope has, or that is no NMTOKEN.
func (s ids) add(x *xliffRead, e *xmlElement, scope string) error {
	id, ok := e.lookup("", "id")
	switch {
	case !ok:
		return nil
	case !isToken(id):
		return x.refuse(e.start, "the id %q of %s holds a character that no id may hold", id, e.name.Local)
	case s[id] != nil:
		return x.refuse(e.start, "the id %q of %s stands twice in one %s", id, e.name.Local, scope)
	}
	s[id] = e
	return nil
}

// isToken reports whether s is an NMTOKEN (XML 1.0, production 7).
func isToken(s string) bool {
	for _, r := range s {
		if r <= ' ' || strings.ContainsRune("/\\#=?&<>\"'`~!@$%^*()+{}[]|;,", r) {
			return false
		}
	}
	return s != ""
}

// fileCheck checks one file element.
type fileCheck struct {
	*xliffRead
	file          *xmlElement
	units, groups ids
	flows         []subFlow
}

// subFlow is a reference to a unit that holds the text inside a code.
type subFlow struct {
	at *xmlElement
	id string
}

func (c *fileCheck) check() error {
	if !slices.ContainsFunc(c.file.kids, func(k xmlNode) bool { return k.element.is(xliff20, "unit") || k.element.is(xliff20, "group") }) {
		return c.refuse(c.file.start, "a file needs a unit or a group in it")
	}
	if s := c.file.child(xliff20, "skeleton"); s != nil {
		_, href := s.lookup("", "href")
		filled := false
		for _, k := range s.kids {
			filled = filled || k.element != nil || strings.TrimSpace(k.text) != ""
		}
		if href == filled {
			return c.refuse(s.start, "a skeleton holds its text or names a file by href, one of the two")
		}
	}
	if err := c.container(c.file); err != nil {
		return err
	}
	for _, f := range c.flows {
		if c.units[f.id] == nil {
			return c.refuse(f.at.start, "the sub-flow %q is no unit of this file", f.id)
		}
	}
	return nil
}

// container checks a file or group and what is in it.
func (c *fileCheck) container(e *xmlElement) error {
	if err := c.notesAndOthers(e); err != nil {
		return err
	}
	for _, k := range e.kids {
		switch {
		case k.element.is(xliff20, "group"):
			if err := c.groups.add(c.xliffRead, k.element, "file"); err != nil {
				return err
			}
			if err := c.container(k.element); err != nil {
				return err
			}
		case k.element.is(xliff20, "unit"):
			if err := c.units.add(c.xliffRead, k.element, "file"); err != nil {
				return err
			}
			if err := c.unit(k.element); err != nil {
				return err
			}
		}
	}
	return nil
}

// notesAndOthers checks the notes of an element, and that the ids of what other
// namespaces put into it are its own.
func (c *fileCheck) notesAndOthers(e *xmlElement) error {
	notes, others := ids{}, map[string]ids{}
	for _, k := range e.kids {
		switch {
		case k.element == nil:
		case k.element.is(xliff20, "notes"):
			for _, n := range k.element.children(xliff20, "note") {
				if err := notes.add(c.xliffRead, n, e.name.Local); err != nil {
					return err
				}
				if p := n.attr("priority"); p != "" {
					if v, err := strconv.Atoi(p); err != nil || v < 1 || v > 10 {
						return c.refuse(n.start, "the priority of a note is %q; it is a number from 1 to 10", p)
					}
				}
			}
		case k.element.name.Space != xliff20:
			space := k.element.name.Space
			if others[space] == nil {
				others[space] = ids{}
			}
			if err := c.others(others[space], k.element, e.name.Local); err != nil {
				return err
			}
			if err := c.module(k.element); err != nil {
				return err
			}
		}
	}
	return nil
}

// others adds the ids of an extension's element and of all in it to a scope. A
// module says itself what its ids are.
func (c *fileCheck) others(scope ids, e *xmlElement, where string) error {
	err := scope.add(c.xliffRead, e, where)
	if modules[e.name.Space] != "" {
		return err
	}
	e.walk(func(inner *xmlElement) bool {
		if err == nil && inner.name.Space == e.name.Space {
			err = scope.add(c.xliffRead, inner, where)
		}
		return err == nil
	})
	return err
}

// modules are the elements by which the modules begin; of a module's namespace
// nothing else may stand in a file, group or unit.
var modules = map[string]string{
	nsMtc: "matches", nsGls: "glossary", nsMda: "metadata",
	"urn:oasis:names:tc:xliff:validation:2.0":      "validation",
	"urn:oasis:names:tc:xliff:resourcedata:2.0":    "resourceData",
	"urn:oasis:names:tc:xliff:sizerestriction:2.0": "profiles data",
}

func (c *fileCheck) module(e *xmlElement) error {
	known, ok := modules[e.name.Space]
	if ok && !slices.Contains(strings.Fields(known), e.name.Local) {
		return c.refuse(e.start, "the element %s does not begin its module; %s does", e.name.Local, known)
	}
	return nil
}

// unit checks one unit.
func (c *fileCheck) unit(e *xmlElement) error {
	if err := c.notesAndOthers(e); err != nil {
		return err
	}
	u := &unitCheck{fileCheck: c, unit: e, parts: ids{}, data: ids{}, issues: map[string]bool{}}
	return u.check()
}

// checkITS checks the quality issues of ITS 2.0, which no schema does.
func (c *fileCheck) issue(e *xmlElement, space string, prefix string) error {
	if v, ok := e.lookup(space, prefix+"Type"); ok && !slices.Contains(itsTypes, v) {
		return c.refuse(e.start, "%q is no type of quality issue in ITS 2.0", v)
	}
	if v, ok := e.lookup(space, prefix+"Severity"); ok {
		if n, err := strconv.ParseFloat(v, 64); err != nil || !(n >= 0 && n <= 100) {
			return c.refuse(e.start, "the severity of a quality issue is %q; it is a number from 0 to 100", v)
		}
	}
	if v, ok := e.lookup(space, prefix+"Enabled"); ok && v != "yes" && v != "no" {
		return c.refuse(e.start, "a quality issue is enabled %q; it is yes or no", v)
	}
	return nil
}

// itsTypes are the types of a quality issue (ITS 2.0, appendix C).
var itsTypes = []string{
	"terminology", "mistranslation", "omission", "untranslated", "addition", "duplication", "inconsistency", "grammar", "legal", "register",
	"locale-specific-content", "locale-violation", "style", "characters", "misspelling", "typographical", "formatting", "inconsistent-entities",
	"numbers", "markup", "pattern-problem", "whitespace", "internationalization", "length", "non-conformance", "uncategorized", "other",
}
