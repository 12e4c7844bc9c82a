package exchange

import (
	"bytes"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

const poHead = "msgid \"\"\nmsgstr \"\"\n\"Language: en_GB\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"

// poTraps has what can stand in a PO file: comments of each kind, contexts,
// strings in pieces, escapes, plural forms, an untranslated and an obsolete one.
const poTraps = poHead + `# by hand
#. for the translator
#: a.c:1
#, fuzzy, c-format
#| msgid "旧"
msgctxt "a"
msgid "新"
msgstr "new"

msgid ""
"第一行\n"
"第二\"行\""
msgstr ""
"first line\n"
"second "
"\"line\" \\ \t end"

msgid "船"
msgid_plural "多船"
msgstr[0] "a ship"
msgstr[1] "ships"

msgid "未译"
msgstr ""

#~ msgid "gone"
#~ msgstr "gone"
`

func TestReadPO(t *testing.T) {
	pair, err := poFormat.ReadPair("f.po", []byte(poTraps))
	if err != nil {
		t.Fatal(err)
	}
	checkPair(t, pair)
	if pair.TargetLang != "en-GB" || len(pair.Target.Notices) != 1 {
		t.Errorf("language %q, notices %v", pair.TargetLang, pair.Target.Notices)
	}
	var got []string
	for _, b := range pair.Beads {
		text := ""
		for _, i := range b.Source {
			text += layout.Show(pair.Source.Blocks[i].Text)
		}
		text += "|"
		for _, i := range b.Target {
			text += layout.Show(pair.Target.Blocks[i].Text)
		}
		if b.Slot > 0 {
			text += "_"
		}
		got = append(got, text)
	}
	want := []string{"新|new", `第一行⟨1⟩第二"行"|first line⟨1⟩second "line" \ ` + "\t end", "船|a ship", "多船|ships", "未译|_"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("pairs %q, want %q", got, want)
	}
}

// TestSplicePO edits across a joint, fills in an empty string, and leaves every
// other byte.
func TestSplicePO(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		raw := strings.ReplaceAll(poTraps, "\n", end)
		pair, err := poFormat.ReadPair("f.po", []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		if out, changes, err := layout.Splice(pair.Target, nil); err != nil || len(changes) > 0 || string(out) != raw {
			t.Errorf("it does not come back as it is: %v", err)
		}
		text := pair.Target.Blocks[1].Text
		at := strings.Index(text, `second "line"`)
		edit := layout.Edit{Block: 1, Span: layout.Span{Start: at, End: at + len(`second "line"`)}, Text: `other "row"`}
		slot := layout.Insertion{Slot: pair.Beads[4].Slot, Text: `not "done" \ yet`}
		out, _, err := layout.Splice(pair.Target, []layout.Edit{edit}, slot)
		if err != nil {
			t.Fatal(err)
		}
		back, err := poFormat.ReadPair("f.po", out)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if got := layout.Show(back.Target.Blocks[1].Text); got != "first line⟨1⟩other \"row\" \\ \t end" {
			t.Errorf("the edited string reads %q", got)
		}
		if got := back.Target.Blocks[4].Text; got != slot.Text {
			t.Errorf("the new string reads %q", got)
		}
		for _, kept := range []string{`#~ msgstr "gone"`, `#| msgid "旧"`, `msgstr[1] "ships"`, `"first line\n"` + end, `not \"done\" \\ yet"`} {
			if !bytes.Contains(out, []byte(kept)) {
				t.Errorf("%q is gone from\n%s", kept, out)
			}
		}
	}
}

func TestReadPORefuses(t *testing.T) {
	test := func(raw, want string) {
		t.Helper()
		if _, err := poFormat.ReadPair("f.po", []byte(raw)); err == nil || !strings.HasPrefix(err.Error(), "f.po:") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", raw, err, want)
		}
	}
	test("msgid \"a\nmsgstr \"b\"\n", "f.po:1: the string is not terminated")
	test(poHead+"msgid \"a\"\nmsgstr \"b\\\"\n", "f.po:7: the string is not terminated")
	test("msgid \"a\" b\nmsgstr \"\"\n", "behind the string")
	test("msgid \"a\"\n", "needs a msgstr")
	test("msgctxt \"a\"\nmsgstr \"b\"\n", "f.po:2: msgstr stands in the wrong place")
	test("msgid a\n", "needs a string in quotation marks")
	test("msgod \"a\"\n", "none of msgctxt")
	test("\"a\"\n", "behind no keyword")
	test("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", "f.po:4: this message stands in line 1 already")
	test("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"\n", "msgstr[0]")
	test("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n\nmsgid \"d\"\nmsgid_plural \"e\"\nmsgstr[0] \"f\"\nmsgstr[1] \"g\"\n", "plural forms")
	test("msgid \"a\\q\"\nmsgstr \"\"\n", "no escape")
	test("msgid \"a\\n\"\nmsgstr \"b\"\n", "ends with a line end")
	test("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=GB2312\\n\"\n", "encoding gb2312")
}

// TestPORoundTrip reads what is written of a review: the same pairs, with the
// markup of the files in them.
func TestPORoundTrip(t *testing.T) {
	r := bilingualReview()
	u := &r.Units[1]
	u.Flags = []corpus.Flag{{ID: "f", Unit: u.Unit.ID, Revision: "b0", By: "lin", Category: corpus.Grammar, Severity: corpus.Major, Note: "one\ntwo", Target: corpus.Mark{Span: corpus.Span{Start: 0, End: 1}, Quote: "A"}}}
	u.Comments = []corpus.Comment{{ID: "c", By: "lin", Text: "Why \"so\"?\r\nTell."}}
	r.Units[0].Decisions = []corpus.Decision{{ID: "x", Unit: "a", Verb: corpus.Accept, Revision: "a0", Hash: corpus.ApprovalHash(r.Units[0].Unit.Text), Size: 1}}
	var b bytes.Buffer
	if err := poFormat.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"#. state: approved\n#: n.txt:1\nmsgctxt \"a\"\n", "#. flag: linguistic/grammar major [0:1] \"A\": one\n#. two — lin\n#. lin: Why \"so\"?\n#. Tell.\n",
		"#: n.txt:2\n#, fuzzy\nmsgctxt \"b\"\nmsgid \"**粗**字 `code`。\"\nmsgstr \"A **bold** *word* `code`.\"\n", "msgid \"\"\n\"一。\\n\"\n\"二。\"\n", "msgid \"漏。\"\nmsgstr \"\"\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %q in\n%s", want, b.String())
		}
	}
	if pair, err := poFormat.ReadPair("r.po", b.Bytes()); err != nil || len(pair.Beads) != 5 {
		t.Errorf("%v\n%s", err, b.Bytes())
	}
	r.Units[4].Revisions[0].Text = "a\x00b"
	b.Reset()
	if err := poFormat.Write(&b, r); corpus.KindOf(err) != corpus.Invalid || b.Len() > 0 || !strings.Contains(err.Error(), `"e"`) {
		t.Errorf("a NUL gives %v and %d bytes", err, b.Len())
	}
}

func FuzzReadPO(f *testing.F) {
	f.Add([]byte(poTraps), "x")
	f.Add([]byte("msgid \"a\"\nmsgstr \"\\x41\\101\\n\"\n\"\"\n\"b\"\n"), "\\")
	f.Add([]byte("\uFEFFmsgid \"a\"\r\nmsgid_plural \"b\"\r\nmsgstr[0] \"\"\r\n"), "\"")
	f.Fuzz(func(t *testing.T, raw []byte, text string) {
		pair, err := poFormat.ReadPair("f.po", raw)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.po:") || corpus.KindOf(err) == corpus.Internal {
				t.Fatalf("refused without file and line: %v", err)
			}
			return
		}
		checkPair(t, pair)
		if out, changes, err := layout.Splice(pair.Target, nil); err != nil || len(changes) > 0 || !bytes.Equal(out, raw) {
			t.Fatalf("it does not come back as it is: %v", err)
		}
		for _, b := range pair.Beads {
			var edits []layout.Edit
			var slots []layout.Insertion
			switch {
			case len(b.Target) > 0:
				edits = []layout.Edit{{Block: b.Target[0], Span: layout.Span{End: len(pair.Target.Blocks[b.Target[0]].Text)}, Text: text}}
			case b.Slot > 0:
				slots = []layout.Insertion{{Slot: b.Slot, Text: text}}
			default:
				continue
			}
			out, _, err := layout.Splice(pair.Target, edits, slots...)
			if err != nil {
				continue
			}
			if back, err := poFormat.ReadPair("f.po", out); err != nil || len(back.Source.Blocks) != len(pair.Source.Blocks) {
				t.Fatalf("%q put into\n%q\ngives\n%q: %v", text, raw, out, err)
			}
			break
		}
	})
}
