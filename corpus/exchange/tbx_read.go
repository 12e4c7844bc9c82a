package exchange

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// tbxPicklists are the data categories of TBX-Basic that take one of a few values.
var tbxPicklists = map[string][]string{
	"administrativeStatus": {"preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts", "supersededTerm-admn-sts"},
	"partOfSpeech":         {"noun", "verb", "adjective", "adverb", "properNoun", "other"},
	"termType":             {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"},
	"grammaticalGender":    {"masculine", "feminine", "neuter", "other"},
	"grammaticalNumber":    {"singular", "plural", "dual", "mass", "other"},
	"termLocation":         {"checkBox", "comboBox", "comboBoxElement", "dialogBox", "groupBox", "informativeMessage", "interactiveMessage", "menuItem", "progressBar", "pushButton", "radioButton", "slider", "spinBox", "tab", "tableText", "textBox", "toolTip", "user-definedType"},
	"transactionType":      {"origination", "modification"},
}

// tbxNames are the elements of one style of TBX by what they are here.
type tbxNames struct {
	space, concept, language string
	terms                    []string // elements that hold a term with what is said of it
	styled                   bool     // data categories are elements of their own, not types of a few
}

var tbxStyles = map[string]tbxNames{
	"dct":    {nsTBX, "conceptEntry", "langSec", []string{"termSec"}, true},
	"dca":    {nsTBX, "conceptEntry", "langSec", []string{"termSec"}, false},
	"martif": {"", "termEntry", "langSet", []string{"tig", "ntig"}, false},
}

// tbxTypes are the elements whose attribute type names the data category.
var tbxTypes = []string{"admin", "descrip", "termNote", "transac", "ref", "xref"}

// tbxGroups only hold others.
var tbxGroups = []string{"adminGrp", "descripGrp", "termNoteGrp", "transacGrp", "termGrp"}

type tbxReader struct {
	*xmlTree
	tbxNames
}

// readTBX reads a glossary and checks it.
func readTBX(name string, raw []byte) (*Glossary, error) {
	tree, err := readXML(name, raw)
	if err != nil {
		return nil, err
	}
	x := &tbxReader{xmlTree: tree}
	if err := x.chooseStyle(); err != nil {
		return nil, err
	}
	text := x.root.children(x.space, "text")
	if len(text) != 1 || len(text[0].children(x.space, "body")) != 1 {
		return nil, x.refuse(x.root.start, "a glossary holds one text with one body")
	}
	if len(x.root.children(x.space, x.root.name.Local+"Header")) != 1 {
		return nil, x.refuse(x.root.start, "a glossary holds one header, %sHeader", x.root.name.Local)
	}
	body := text[0].child(x.space, "body")
	g := &Glossary{}
	ids := map[string]bool{}
	for _, k := range body.kids {
		e := k.element
		switch {
		case e == nil && strings.TrimSpace(k.text) != "":
			return nil, x.refuse(k.start, "there is text inside body, which holds elements")
		case e == nil:
			continue
		case !e.is(x.space, x.concept):
			return nil, x.refuse(e.start, "the element %s cannot stand inside body, which holds %s", e.name.Local, x.concept)
		}
		if id := e.attr("id"); id != "" && ids[id] {
			return nil, x.refuse(e.start, "the id %q stands twice", id)
		} else if id != "" {
			ids[id] = true
		}
		c, err := x.readConcept(e)
		if err != nil {
			return nil, err
		}
		g.Concepts = append(g.Concepts, c)
	}
	if len(g.Concepts) == 0 {
		return nil, x.refuse(body.start, "the body holds no %s", x.concept)
	}
	return g, nil
}

// chooseStyle finds out which TBX the file is in.
func (x *tbxReader) chooseStyle() error {
	switch root := x.root; root.name.Local {
	case "martif":
		if t := root.attr("type"); !strings.HasPrefix(t, "TBX") {
			return x.refuse(root.start, "the martif is of the type %q, not TBX", t)
		}
		x.tbxNames = tbxStyles["martif"]
		x.space = root.name.Space
	case "tbx":
		style := root.attr("style")
		names, ok := tbxStyles[style]
		switch {
		case root.name.Space != nsTBX:
			return x.refuse(root.start, "TBX has the namespace %s; this file has %q", nsTBX, root.name.Space)
		case !ok || style == "martif":
			return x.refuse(root.start, "the style is %q, neither dct nor dca", style)
		case !strings.HasPrefix(root.attr("type"), "TBX-"):
			return x.refuse(root.start, "the type %q is no dialect of TBX", root.attr("type"))
		}
		x.tbxNames = names
	default:
		return x.refuse(root.start, "the outermost element is %s, not tbx or martif", root.name.Local)
	}
	if lang := x.root.inherited("lang"); !languageCode.MatchString(lang) {
		return x.refuse(x.root.start, "%s needs the attribute xml:lang", x.root.name.Local)
	}
	return nil
}

// category is what an element of a concept, a language or a term says: the data
// category, "" for one of the core.
func (x *tbxReader) category(e *xmlElement) (string, error) {
	module := e.name.Space == nsTBXMin || e.name.Space == nsTBXBasic
	switch {
	case x.styled && module:
		return e.name.Local, nil
	case x.styled && e.name.Space == x.space && slices.Contains(tbxTypes, e.name.Local) && e.attr("type") != "":
		return "", x.refuse(e.start, "%s with a type is of the DCA style; this file says it is DCT", e.name.Local)
	case e.name.Space == x.space && slices.Contains(tbxTypes, e.name.Local):
		if e.attr("type") == "" {
			return "", x.refuse(e.start, "a %s needs the attribute type", e.name.Local)
		}
		return e.attr("type"), nil
	case e.name.Space == x.space && (e.name.Local == "note" || e.name.Local == "date"):
		return e.name.Local, nil
	case e.name.Space != x.space && e.name.Space != "":
		return "", nil // of a module that this program does not know
	}
	return "", x.refuse(e.start, "the element %s cannot stand inside %s", e.name.Local, e.parent.name.Local)
}

// said walks what is said of an element, groups looked into, and checks it. The
// elements in skip are left to the caller.
func (x *tbxReader) said(e *xmlElement, skip []string, say func(category, text string)) error {
	for _, k := range e.kids {
		inner := k.element
		switch {
		case inner == nil && strings.TrimSpace(k.text) != "":
			return x.refuse(k.start, "there is text inside %s, which holds elements", e.name.Local)
		case inner == nil || inner.name.Space == x.space && slices.Contains(skip, inner.name.Local):
			continue
		case inner.name.Space == x.space && slices.Contains(tbxGroups, inner.name.Local):
			if err := x.said(inner, skip, say); err != nil {
				return err
			}
			continue
		}
		category, err := x.category(inner)
		if err != nil {
			return err
		}
		text := strings.TrimSpace(blanks.ReplaceAllString(inner.text(), " "))
		if list, ok := tbxPicklists[category]; ok && !slices.Contains(list, text) {
			return x.refuse(inner.start, "the %s %q is none of the picklist %s", category, text, strings.Join(list, ", "))
		}
		say(category, text)
	}
	return nil
}

var blanks = regexp.MustCompile(`[ \t\r\n]+`)

func (x *tbxReader) readConcept(e *xmlElement) (Concept, error) {
	c := Concept{Line: line(x.raw, e.start)}
	keep := func(category, text string) {
		switch category {
		case "subjectField":
			c.Subject = joinNotes(c.Subject, text)
		case "definition":
			c.Definition = joinNotes(c.Definition, text)
		case "note":
			c.Note = joinNotes(c.Note, text)
		}
	}
	if err := x.said(e, []string{x.language}, keep); err != nil {
		return c, err
	}
	sections := e.children(x.space, x.language)
	if len(sections) == 0 {
		return c, x.refuse(e.start, "a %s needs a %s", x.concept, x.language)
	}
	for _, s := range sections {
		l := ConceptLanguage{Lang: s.inherited("lang")}
		if own, ok := s.lookup(xmlNamespace, "lang"); !ok || !languageCode.MatchString(own) {
			return c, x.refuse(s.start, "a %s needs the attribute xml:lang", x.language)
		}
		if err := x.said(s, x.terms, keep); err != nil {
			return c, err
		}
		for _, k := range s.kids {
			if k.element == nil || k.element.name.Space != x.space || !slices.Contains(x.terms, k.element.name.Local) {
				continue
			}
			word, err := x.word(k.element)
			if err != nil {
				return c, err
			}
			l.Words = append(l.Words, word)
		}
		if len(l.Words) == 0 {
			return c, x.refuse(s.start, "a %s needs a %s", x.language, x.terms[0])
		}
		c.Languages = append(c.Languages, l)
	}
	return c, nil
}

// word reads a term with its status. One without a status is preferred, as the
// only word for a concept is.
func (x *tbxReader) word(e *xmlElement) (corpus.Designation, error) {
	d := corpus.Designation{Status: corpus.TermPreferred}
	holder := e
	if g := e.child(x.space, "termGrp"); g != nil && e.name.Local == "ntig" {
		holder = g
	}
	terms := holder.children(x.space, "term")
	if len(terms) != 1 {
		return d, x.refuse(e.start, "a %s holds one term; this one holds %d", e.name.Local, len(terms))
	}
	if d.Text = strings.TrimSpace(blanks.ReplaceAllString(terms[0].text(), " ")); d.Text == "" {
		return d, x.refuse(terms[0].start, "the term is empty")
	}
	forbidden := false
	err := x.said(e, []string{"term"}, func(category, text string) {
		switch category {
		case "administrativeStatus":
			for _, s := range slices.Backward(tbxStatuses) {
				if s.tbx == text {
					d.Status = s.status
				}
			}
		case "note":
			forbidden = forbidden || text == tbxForbidden
		}
	})
	if forbidden && d.Status == corpus.TermDeprecated {
		d.Status = corpus.TermForbidden
	}
	return d, err
}
