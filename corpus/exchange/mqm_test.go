package exchange

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// TestMQMRoundTrip is bar 10: flags come back as they were, on Chinese and
// English, on several wordings, with marks in the text itself (T33).
func TestMQMRoundTrip(t *testing.T) {
	r := bilingualReview()
	r.Version.Engine = "engine-a"
	at := time.Date(2026, 6, 12, 9, 0, 0, 0, time.UTC)
	u := &r.Units[0]
	u.Unit.Text = corpus.Pair{Source: "各级人民政府𠮷应当", Target: "All <v>levels</v> of government"}
	u.Revisions[0].Text = u.Unit.Text.Target
	u.Revisions = append(u.Revisions, corpus.Revision{ID: "a1", Unit: "a", Number: 1, Text: "Every level", Author: "lin", Hands: []corpus.UserID{"lin"}, Base: "a0", Created: at})
	u.Proposals = []corpus.Proposal{{ID: "p", Unit: "a", Revision: "a1", By: "lin", Created: at}}
	texts := map[corpus.RevisionID]string{"a0": u.Revisions[0].Text, "a1": "Every level"}
	put := func(id string, rev corpus.RevisionID, source, target string, c corpus.Category, s corpus.Severity) {
		f := corpus.Flag{ID: corpus.FlagID(id), Unit: "a", Revision: rev, By: "lin", Category: c, Severity: s, Note: "note " + id, Created: at}
		if source != "" {
			i := strings.Index(u.Unit.Text.Source, source)
			f.Source = corpus.Mark{Span: corpus.Span{Start: i, End: i + len(source)}, Quote: source}
		}
		if target != "" {
			i := strings.Index(texts[rev], target)
			f.Target = corpus.Mark{Span: corpus.Span{Start: i, End: i + len(target)}, Quote: target}
		}
		u.Flags = append(u.Flags, f)
	}
	put("1", "a0", "", "levels", corpus.WrongTerm, corpus.Major)
	put("2", "a0", "政府𠮷", "government", corpus.NumberUnit, corpus.Critical)
	put("3", "a0", "应当", "", corpus.Omission, corpus.Minor)
	put("4", "a1", "", "Every", corpus.Awkward, corpus.Neutral)
	put("5", "a1", "", "Every level", corpus.NameTitle, corpus.Minor)
	var b bytes.Buffer
	if err := mqmFormat.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	back, err := mqmFormat.Restore("r.tsv", b.Bytes())
	if err != nil {
		t.Fatalf("%v\n%s", err, b.Bytes())
	}
	got := back.Units[0]
	if len(got.Flags) != len(u.Flags) || len(got.Revisions) != 2 || len(got.Proposals) != 1 {
		t.Fatalf("%d flags, %d wordings, %d proposals came back\n%s", len(got.Flags), len(got.Revisions), len(got.Proposals), b.Bytes())
	}
	for i, f := range got.Flags {
		w := u.Flags[i]
		rev, _ := got.Revision(f.Revision)
		if f.Source != w.Source || f.Target != w.Target || f.Category != w.Category || f.Severity != w.Severity || f.Note != w.Note || f.By != w.By || !f.Created.Equal(w.Created) || rev.Text != texts[w.Revision] {
			t.Errorf("flag %d came back as %+v on %q, want %+v", i+1, f, rev.Text, w)
		}
	}
	if back.Project.Source != language.Chinese || back.Project.Target != language.English || back.Version.Engine != "engine-a" {
		t.Errorf("the review is from %v to %v by %q", back.Project.Source, back.Project.Target, back.Version.Engine)
	}
	for i, row := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n") {
		if n := strings.Count(row, "\t"); n != 9 {
			t.Errorf("line %d has %d tabs", i+1, n)
		}
	}
	if n := strings.Count(b.String(), "\tno-error\tno-error\t"); n != 4 {
		t.Errorf("%d lines without an error, want 4", n)
	}
}

// wmtTable is in the shape of the published ratings: nine columns, several
// systems and raters, own names of errors, an error without a place.
const wmtTable = "system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n" +
	"hyp.A\tport\t1\t1\trater1\t港口关闭。\tThe <v>harbor</v> is shut.\tTerminology/Inappropriate for context\tMinor\n" +
	"hyp.A\tport\t1\t1\trater1\t港口关闭。\tThe harbor is <v>shut</v>.\tAccuracy/Mistranslation\tmajor\n" +
	"hyp.A\tport\t1\t1\trater2\t港口关闭。\tThe harbor is shut.\tNo-error\tno-error\n" +
	"hyp.B\tport\t1\t1\trater1\t港口关闭。\t港口 closed\tNon-translation!\tMajor\n" +
	"hyp.A\tport\t2\t2\trater 3\t船<v>离港</v>。\tThe ship.\tAccuracy/Omission\tMAJOR\n" +
	"hyp.A\tport\t2\t2\trater 3\t船离港。\tThe<v> ship</v>.\tFluency/Spelling\tNeutral\n" +
	"hyp.A\tport\t3\t3\trater1\t完。\tEnd.\tSource error\tMinor\n"

// TestMQMCounts counts errors by category and severity as a few lines without
// our reader do.
func TestMQMCounts(t *testing.T) {
	want := map[string]int{}
	for _, row := range strings.Split(strings.TrimSpace(wmtTable), "\n")[1:] {
		cells := strings.Split(row, "\t")
		if name := strings.ToLower(cells[7]); name != "no-error" {
			want[name+" "+strings.ToLower(cells[8])]++
		}
	}
	r, err := mqmFormat.Restore("wmt.tsv", []byte(wmtTable))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, u := range r.Units {
		for _, f := range u.Flags {
			name := f.Note // the rater's name of the error, where ours is another
			if name == "" {
				name = f.Category.MQM()
			}
			got[strings.ToLower(name)+" "+f.Severity.String()]++
		}
	}
	if len(r.Units) != 4 || len(got) != len(want) {
		t.Errorf("%d units, %v, want %v", len(r.Units), got, want)
	}
	for k, n := range want {
		if got[k] != n {
			t.Errorf("%s: %d, want %d", k, got[k], n)
		}
	}
	ship := r.Units[2]
	if f := ship.Flags[0]; f.Source.Quote != "离港" || f.Target.Present() || f.By != "rater-3" {
		t.Errorf("the omission is %+v", f)
	}
	if f := ship.Flags[1]; f.Target.Quote != " ship" {
		t.Errorf("the spelling is marked at %q", f.Target.Quote)
	}
	if p := r.Units[0].Proposals; len(p) != 1 || !p[0].NoChange || p[0].By != "rater2" {
		t.Errorf("who saw no error proposes %+v", p)
	}
}

func TestMQMRefuses(t *testing.T) {
	head, _, _ := strings.Cut(wmtTable, "\n")
	row := "a\td\t1\t1\tr\t源\tthe target\tAccuracy/Addition\tMajor"
	test := func(table, want string) {
		t.Helper()
		if _, err := mqmFormat.Restore("r.tsv", []byte(table)); err == nil || !strings.HasPrefix(err.Error(), "r.tsv:") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", table, err, want)
		}
	}
	change := func(old, new string) string { return head + "\n" + strings.Replace(row, old, new, 1) + "\n" }
	if _, err := mqmFormat.Restore("r.tsv", []byte(change("", ""))); err != nil {
		t.Fatal(err)
	}
	if _, err := mqmFormat.Restore("r.tsv", []byte("\uFEFF"+row+"\t{}\r\n")); err != nil {
		t.Errorf("ten columns without names: %v", err)
	}
	test(change("\tMajor", ""), "r.tsv:2: the line has 8 columns, the first line 9")
	test(change("target", "<v>target"), "in the target <v> is not closed")
	test(change("target", "<v>tar<v>get</v>"), "stands inside another")
	test(change("源", "源</v>"), "in the source </v> stands without <v>")
	test(change("Major", "Huge"), `severity "Huge"`)
	test(change("Accuracy/Addition", " "), "category is empty")
	test(change("", "")+strings.Replace(row, "源", "别", 1)+"\n", "r.tsv:3: the source of this segment differs")
	test(head+"\n", "holds no segment")
	test("a\tb\n", "no names of columns")
	test(strings.Replace(head, "category", "x", 1)+"\n"+row+"\n", "column category is missing")
	test(head+"\tsource\n"+row+"\tx\n", "there twice")
	test(head+"\tmetadata\n"+row+"\t{\n", "no JSON object")
	test(head+"\tmetadata\n"+row+"\t{\"target_spans\":[[0,3]],\"segment\":{\"target_tokens\":[\"the \",\"target\"]}}\n", "is not among its 2 tokens")
}

func FuzzReadMQM(f *testing.F) {
	f.Add([]byte(wmtTable))
	f.Add([]byte("a\td:zh-en\t1\t1\tr\t1. 源\u2028<v>x</v>\t- the \\target\tOther\tMajor\t{\"target_spans\":[[0,0]],\"segment\":{\"target_tokens\":[\"- the \",\"\\\\target\"]},\"corrected_translation\":\"z\"}\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := mqmFormat.Restore("f.tsv", raw)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.tsv:") || corpus.KindOf(err) == corpus.Internal {
				t.Fatalf("refused without file and line: %v", err)
			}
			return
		}
		var b bytes.Buffer
		if err := mqmFormat.Write(&b, r); err != nil {
			if corpus.KindOf(err) != corpus.Invalid {
				t.Fatal(err)
			}
			return
		}
		back, err := mqmFormat.Restore("g.tsv", b.Bytes())
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%q", err, b.Bytes())
		}
		if len(back.Units) != len(r.Units) {
			t.Fatalf("%d units came back of %d", len(back.Units), len(r.Units))
		}
		for i := range r.Units {
			if len(back.Units[i].Flags) != len(r.Units[i].Flags) {
				t.Fatalf("%d flags came back of %d\n%q", len(back.Units[i].Flags), len(r.Units[i].Flags), b.Bytes())
			}
		}
	})
}
