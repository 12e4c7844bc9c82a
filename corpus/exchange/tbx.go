package exchange

import (
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

const titleTBX = "TBX-Basic"

// tbxFormat is TBX-Basic (ISO 30042:2019) in its DCT style, as which a
// glossary is written. Read are its DCA style and the martif of 2008 as well.
var tbxFormat = Format{ID: "tbx", Title: titleTBX, Extensions: []string{".tbx"}, terms: readTBX}

// The namespaces of TBX: the core, and its modules min and basic.
const (
	nsTBX      = "urn:iso:std:iso:30042:ed-2"
	nsTBXMin   = "http://www.tbxinfo.net/ns/min"
	nsTBXBasic = "http://www.tbxinfo.net/ns/basic"
)

// tbxStatuses pairs what a bureau thinks of a word with TBX's administrative
// statuses; of rows with one status the first is meant on the way back. TBX has
// no word for a forbidden term: it goes out as deprecated, with a note.
var tbxStatuses = []struct {
	status corpus.TermStatus
	tbx    string
}{
	{corpus.TermPreferred, "preferredTerm-admn-sts"},
	{corpus.TermAdmitted, "admittedTerm-admn-sts"},
	{corpus.TermDeprecated, "deprecatedTerm-admn-sts"},
	{corpus.TermForbidden, "deprecatedTerm-admn-sts"},
	{corpus.TermDeprecated, "supersededTerm-admn-sts"},
}

// tbxForbidden is the note by which a forbidden term is told from a deprecated one.
const tbxForbidden = "forbidden"

// WriteTBX writes terms as TBX-Basic in the DCT style, in UTF-8, one concept for
// each in their order. A text that holds what XML cannot is refused with kind
// Invalid, naming the term, and so is an empty list, for which TBX has no form;
// then nothing is written.
func WriteTBX(w io.Writer, source, target language.Tag, terms []corpus.Term) error {
	if len(terms) == 0 {
		return corpus.Errorf(corpus.Invalid, "a glossary in TBX needs a term")
	}
	x := &xmlWriter{format: titleTBX}
	x.raw(`<?xml version="1.0" encoding="UTF-8"?>`)
	x.open("tbx", "style", "dct", "type", "TBX-Basic", "xml:lang", "en", "xmlns", nsTBX, "xmlns:min", nsTBXMin, "xmlns:basic", nsTBXBasic)
	x.open("tbxHeader")
	x.open("fileDesc")
	x.open("sourceDesc")
	x.leaf("p", "Glossary of a project of Reviseur")
	x.close("sourceDesc")
	x.close("fileDesc")
	x.close("tbxHeader")
	x.open("text")
	x.open("body")
	for _, t := range terms {
		x.concept(t, source, target)
	}
	x.close("body")
	x.close("text")
	x.close("tbx")
	x.raw("\n")
	if x.err != nil {
		return x.err
	}
	_, err := w.Write(x.buf.Bytes())
	return err
}

func (x *xmlWriter) concept(t corpus.Term, source, target language.Tag) {
	if x.at = string(t.ID); len(t.Source) > 0 {
		x.at = t.Source[0].Text
	}
	id := ""
	if t.ID != "" {
		id = "c-" + string(t.ID) // an id of XML begins with a letter
	}
	x.open("conceptEntry", "id", id)
	if t.Subject != "" {
		x.leaf("min:subjectField", t.Subject)
	}
	if t.Definition != "" {
		x.leaf("basic:definition", t.Definition)
	}
	if t.Note != "" {
		x.leaf("note", t.Note)
	}
	x.designations(source, t.Source)
	x.designations(target, t.Target)
	x.close("conceptEntry")
}

func (x *xmlWriter) designations(lang language.Tag, list []corpus.Designation) {
	if len(list) == 0 {
		return
	}
	x.open("langSec", "xml:lang", lang.String())
	for _, d := range list {
		x.open("termSec")
		x.leaf("term", d.Text)
		for _, s := range tbxStatuses {
			if s.status == d.Status {
				x.leaf("min:administrativeStatus", s.tbx)
				break
			}
		}
		if d.Status == corpus.TermForbidden {
			x.leaf("note", tbxForbidden)
		}
		x.close("termSec")
	}
	x.close("langSec")
}

// Glossary is a glossary that was read: concepts with their words in any number
// of languages.
type Glossary struct {
	Concepts []Concept
}

// Concept is what a term stands for.
type Concept struct {
	Line                      int // in the file
	Subject, Definition, Note string
	Languages                 []ConceptLanguage // as in the file
}

// ConceptLanguage are the words for a concept in one language.
type ConceptLanguage struct {
	Lang  string
	Words []corpus.Designation
}

// term is the concept as an entry of a termbase; without words of a language that
// the file lacks. Languages match by their base and script alone.
func (c Concept) term(source, target language.Tag) corpus.Term {
	t := corpus.Term{Subject: c.Subject, Definition: c.Definition, Note: c.Note}
	for _, l := range c.Languages {
		if sameLanguage(l.Lang, source) {
			t.Source = append(t.Source, l.Words...)
		}
		if sameLanguage(l.Lang, target) {
			t.Target = append(t.Target, l.Words...)
		}
	}
	return t
}

// joinNotes puts several notes of one kind together.
func joinNotes(a, b string) string {
	if b = strings.TrimSpace(b); a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// ReadTermFile reads terms from TBX or from a table, by the extension of its name.
// Of TBX those concepts are taken that have words in both languages; the others,
// and a concept whose first source word and subject an earlier one has, are
// refused by line, and the file is read on.
func ReadTermFile(name string, data []byte, source, target language.Tag) (TermTable, error) {
	if !strings.EqualFold(path.Ext(name), ".tbx") {
		return ReadTerms(name, data)
	}
	g, err := tbxFormat.ReadGlossary(name, data)
	if err != nil {
		return TermTable{}, err
	}
	var t TermTable
	first := map[string]int{}
	for _, c := range g.Concepts {
		term := c.term(source, target)
		err := term.Validate()
		if err == nil {
			key := strings.ToLower(term.Source[0].Text + "\x00" + term.Subject)
			if before, twice := first[key]; twice {
				err = corpus.Errorf(corpus.Conflict, "%s stands in line %d already; give it another subject", term.Source[0].Text, before)
			} else {
				first[key] = c.Line
			}
		}
		if err != nil {
			t.Refused = append(t.Refused, fmt.Sprintf("%s:%d: %s", name, c.Line, corpus.Message(err)))
			continue
		}
		t.Terms = append(t.Terms, term)
	}
	return t, nil
}
