package exchange

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// glossary is a TBX file around the inside of a concept.
func glossary(concept string) string {
	return `<?xml version="1.0"?>` + "\n" + `<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="` + nsTBX + `" xmlns:min="` + nsTBXMin + `" xmlns:basic="` + nsTBXBasic + `"><tbxHeader/><text><body>` + "\n" +
		`<conceptEntry id="c1">` + concept + "</conceptEntry>\n</body></text></tbx>"
}

const (
	zhWord = `<langSec xml:lang="zh-CN"><termSec><term>港口</term></termSec></langSec>`
	enWord = `<langSec xml:lang="en"><termSec><term>port</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>`
)

// portTerm is what the samples say.
func portTerm() corpus.Term {
	return corpus.Term{Source: []corpus.Designation{word("港口", corpus.TermPreferred)}, Target: []corpus.Designation{word("port", corpus.TermPreferred)}}
}

func TestReadGlossary(t *testing.T) {
	test := func(name string, raw []byte, want ...corpus.Term) {
		t.Helper()
		got, err := ReadTermFile("g.tbx", raw, language.Chinese, language.English)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if !reflect.DeepEqual(got.Terms, want) || len(got.Terms)+len(got.Refused) != 1 {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
	test("DCT", []byte(glossary(zhWord+enWord)), portTerm())
	test("UTF-16", wide(strings.Replace(glossary(zhWord+enWord), `?>`, ` encoding="UTF-16"?>`, 1), false), portTerm())
	test("one language", []byte(glossary(enWord)))
	said := portTerm()
	said.Subject, said.Definition, said.Note = "trade", "where ships lie", "see\n also"
	said.Note = "see also"
	test("what is said", []byte(glossary("<min:subjectField>trade</min:subjectField><basic:definition> where\n ships lie</basic:definition><note>see\n also</note>"+zhWord+enWord)), said)
	dca := strings.NewReplacer(`style="dct"`, `style="dca"`, "<min:administrativeStatus>", `<termNote type="administrativeStatus">`, "</min:administrativeStatus>", "</termNote>").Replace(glossary(zhWord + enWord))
	test("DCA", []byte(dca), portTerm())
	martif := `<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd"><martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body><termEntry id="c1">` +
		`<langSet xml:lang="zh"><ntig><termGrp><term>港口</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>` +
		`<langSet xml:lang="en"><tig><term>port</term></tig><tig><term>haven</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig></langSet></termEntry></body></text></martif>`
	old := portTerm()
	old.Target = append(old.Target, word("haven", corpus.TermDeprecated))
	test("martif", []byte(martif), old)
}

func TestReadGlossaryRefuses(t *testing.T) {
	test := func(raw, want string) {
		t.Helper()
		if _, err := tbxFormat.ReadGlossary("g.tbx", []byte(raw)); err == nil || !strings.HasPrefix(err.Error(), "g.tbx:") || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
	change := func(old, new string) string { return strings.Replace(glossary(zhWord+enWord), old, new, 1) }
	test(change("<term>港口</term>", ""), "g.tbx:3: a termSec holds one term")
	test(change("<term>港口</term>", "<term> </term>"), "the term is empty")
	test(change("preferredTerm-admn-sts", "preferred"), "picklist")
	test(change("<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>", "<min:partOfSpeech>Noun</min:partOfSpeech>"), "partOfSpeech")
	test(change("<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>", `<termNote type="partOfSpeech">noun</termNote>`), "DCA style")
	test(change(` xml:lang="zh-CN"`, ""), "needs the attribute xml:lang")
	test(change(`style="dct"`, `style="x"`), "neither dct nor dca")
	test(change(`xmlns="`+nsTBX, `xmlns="urn:x`), "namespace")
	test(change("<tbxHeader/>", ""), "header")
	test(change(zhWord+enWord, ""), "needs a langSec")
	test(change(zhWord, "words"+zhWord), "text inside conceptEntry")
	test(change(zhWord, "<b/>"+zhWord), "element b cannot stand")
	test(change("</conceptEntry>", `</conceptEntry><conceptEntry id="c1">`+zhWord+"</conceptEntry>"), "stands twice")
	test(change(`<conceptEntry id="c1">`+zhWord+enWord+"</conceptEntry>", ""), "holds no conceptEntry")
	test("<martif type='x'/>", "not TBX")
	test("<tmx/>", "outermost element is tmx")
}

// TestGlossaryRoundTrip writes all that an entry can hold and reads it back.
func TestGlossaryRoundTrip(t *testing.T) {
	terms := sampleTerms()
	terms[0].Note = "Circular 7 <&> “art. 2”"
	terms[0].ID = "0195-a"
	var b bytes.Buffer
	if err := WriteTBX(&b, language.Chinese, language.English, terms); err != nil {
		t.Fatal(err)
	}
	read, err := ReadTermFile("g.tbx", b.Bytes(), language.Chinese, language.English)
	if err != nil {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	got := read.Terms
	terms[0].ID = ""
	if !reflect.DeepEqual(got, terms) {
		t.Errorf("read back as %+v, want %+v\n%s", got, terms, b.Bytes())
	}
	b.Reset()
	if err := WriteTBX(&b, language.Chinese, language.English, nil); corpus.KindOf(err) != corpus.Invalid {
		t.Errorf("an empty glossary gives %v", err)
	}
	terms[1].Note = "\x01"
	if err := WriteTBX(&b, language.Chinese, language.English, terms); corpus.KindOf(err) != corpus.Invalid || b.Len() > 0 || !strings.Contains(err.Error(), `"=1+1"`) {
		t.Errorf("a control character gives %v and %d bytes", err, b.Len())
	}
}

func FuzzReadGlossary(f *testing.F) {
	f.Add([]byte(glossary(zhWord + enWord)))
	f.Add([]byte(`<martif type="TBX" xml:lang="en"><martifHeader/><text><body><termEntry><langSet xml:lang="a"><ntig><termGrp><term>b</term></termGrp></ntig></langSet></termEntry></body></text></martif>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		g, err := tbxFormat.ReadGlossary("f.tbx", raw)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.tbx:") || corpus.KindOf(err) == corpus.Internal {
				t.Fatalf("refused without file and line: %v", err)
			}
			return
		}
		for _, c := range g.Concepts {
			for _, l := range c.Languages {
				if len(l.Words) == 0 || l.Words[0].Text == "" {
					t.Fatal("a language without a word")
				}
			}
		}
	})
}
