package workflow

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// shownNumbers are the numbers of a window's rows; those that are there for context
// stand in brackets.
func shownNumbers(w Window) string {
	var list []string
	for _, row := range w.Rows {
		s := fmt.Sprint(row.Number)
		if row.Context {
			s = "(" + s + ")"
		}
		list = append(list, s)
	}
	return strings.Join(list, " ")
}

func (b *bench) window(q Query) Window {
	b.Helper()
	w, err := b.desk.Window(context.Background(), b.lin, b.doc, q)
	b.must(err)
	return w
}

func TestWindow(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "No major accident")
	b.propose(b.lin, unit, "There was no major accident.")
	b.must(b.desk.SaveDraft(context.Background(), b.lin, unit, "", "Half a"))
	test := func(name string, q Query, want string) {
		t.Helper()
		if got := shownNumbers(b.window(q)); got != want {
			t.Errorf("%s: window %s, want %s", name, got, want)
		}
	}
	test("all", Query{}, "1 2 3 4 5 6")
	test("at", Query{At: unit}, "1 2 3 4 5 6")
	test("number", Query{Number: "５"}, "1 2 3 4 5 6")
	test("waiting", Query{Match: []corpus.Filter{{Waiting: true}}}, "(3) 4")
	test("two filters", Query{Match: []corpus.Filter{{Waiting: true}, {States: []corpus.State{corpus.StateProposed}}}}, "(3) 4")
	test("phrase of the source", Query{Phrase: "整治"}, "(5) 6")
	test("phrase of the target", Query{Phrase: "CAMPAIGN lasts"}, "(5) 6")
	test("nothing", Query{Phrase: "nowhere"}, "")

	row := b.window(Query{}).Rows[3]
	if !row.Draft || row.Record.Latest().Text != "There was no major accident." {
		t.Errorf("row %+v, want the proposal and a draft", row)
	}
	w, err := b.desk.Window(context.Background(), b.mo, b.doc, Query{})
	b.must(err)
	if w.Rows[3].Draft {
		t.Error("a draft shows to somebody else")
	}
	if _, err := b.desk.Window(context.Background(), "nobody", b.doc, Query{}); err == nil {
		t.Error("a stranger reads the document")
	}
}

// Windows one after the other show each unit once, from either end.
func TestWindowsCover(t *testing.T) {
	b := newBench(t)
	var text strings.Builder
	const units = 2*WindowSize + 31
	for i := range units {
		fmt.Fprintf(&text, "Sentence number %d stands here.\n\n", i+1)
	}
	b.doc = b.take("long.md", "", text.String()).Document
	next := 1
	w := b.window(Query{})
	if w.Earlier {
		t.Error("there is something before the first window")
	}
	for {
		for _, row := range w.Rows {
			if row.Number != next {
				t.Fatalf("row %d, want %d", row.Number, next)
			}
			next++
		}
		if !w.More {
			break
		}
		w = b.window(Query{After: w.Rows[len(w.Rows)-1].Record.Unit.Position})
	}
	if next != units+1 {
		t.Errorf("the windows end with %d, want %d", next-1, units)
	}
	for {
		if !w.Earlier {
			break
		}
		first := w.Rows[0]
		w = b.window(Query{Before: first.Record.Unit.Position})
		if last := w.Rows[len(w.Rows)-1]; last.Number != first.Number-1 {
			t.Fatalf("the window before %d ends with %d", first.Number, last.Number)
		}
	}
	if w.Rows[0].Number != 1 {
		t.Errorf("going back ends at %d, want 1", w.Rows[0].Number)
	}
	w = b.window(Query{Number: "150"})
	if w.Rows[0].Number != 150-lead || !w.Earlier || !w.More {
		t.Errorf("the window around 150 begins with %d", w.Rows[0].Number)
	}
	at := b.window(Query{}).Rows[10].Record.Unit
	u, err := b.desk.Next(context.Background(), b.lin, b.doc, Query{}, at, true)
	b.must(err)
	if !strings.Contains(u.Text.Target, "number 10 ") {
		t.Errorf("before 11 stands %q", u.Text.Target)
	}
	_, err = b.desk.Next(context.Background(), b.lin, b.doc, Query{}, corpus.Unit{Position: 1 << 62}, false)
	b.wants(err, corpus.NotFound)
}

// TestWindowRanked walks a document by risk for each word, forwards in windows and
// back, alone and through a filter of two conditions.
func TestWindowRanked(t *testing.T) {
	b := newBench(t)
	source, target := yearbook(260)
	target = strings.ReplaceAll(target, " in the ", " in the the ") // a finding in each unit
	b.doc = b.take("ranked.md", source, target).Document
	for _, order := range []corpus.Order{corpus.ByRisk, corpus.ByDensity} {
		for _, match := range [][]corpus.Filter{nil, {{Found: true}, {Doubtful: true}}} {
			var forward []corpus.Unit
			q := Query{Order: order, Match: match}
			var last Window
			for {
				w := b.window(q)
				for _, row := range w.Rows {
					forward = append(forward, row.Record.Unit)
				}
				last = w
				if !w.More {
					break
				}
				rank := corpus.RankOf(order, w.Rows[len(w.Rows)-1].Record.Unit)
				q.Behind = &rank
			}
			seen := map[corpus.UnitID]bool{}
			for i, u := range forward {
				if seen[u.ID] {
					t.Fatalf("%s: unit %d of the order stands twice", order, i)
				}
				seen[u.ID] = true
				if i > 0 && corpus.RankOf(order, forward[i-1]).Compare(corpus.RankOf(order, u)) >= 0 {
					t.Fatalf("%s: unit %d comes too late", order, i)
				}
			}
			if len(forward) == 0 || match == nil && len(forward) < 260 {
				t.Fatalf("%s with %v: %d units", order, match, len(forward))
			}
			if len(forward) <= WindowSize {
				continue
			}
			rank := corpus.RankOf(order, last.Rows[0].Record.Unit)
			w := b.window(Query{Order: order, Match: match, InFront: &rank})
			at := len(forward) - len(last.Rows)
			if got := w.Rows[len(w.Rows)-1].Record.Unit.ID; got != forward[at-1].ID || !w.More {
				t.Errorf("%s: the window in front of the last ends elsewhere", order)
			}
			next, err := b.desk.Next(context.Background(), b.lin, b.doc, Query{Order: order, Match: match}, forward[3], false)
			b.must(err)
			if next.ID != forward[4].ID {
				t.Errorf("%s: the unit after the fourth is not the fifth", order)
			}
			w = b.window(Query{Order: order, Match: match, At: forward[150].ID})
			if w.Rows[lead].Record.Unit.ID != forward[150].ID {
				t.Errorf("%s: the window at a unit does not begin %d in front of it", order, lead)
			}
		}
	}
}

func TestOutline(t *testing.T) {
	b := newBench(t)
	b.propose(b.lin, b.unit(b.doc.ID, "No major accident"), "There was no major accident.")
	got, err := b.desk.Outline(context.Background(), b.lin, b.doc, 10)
	b.must(err)
	if len(got) != 3 || got[1] != (Stroke{First: 4, Units: 1, State: corpus.StateProposed}) {
		t.Errorf("Outline = %+v, want three strokes with the proposal at 4", got)
	}
	got, err = b.desk.Outline(context.Background(), b.lin, b.doc, 2)
	b.must(err)
	units := 0
	for _, s := range got {
		units += s.Units
	}
	if len(got) != 2 || units != 6 || got[1].State != corpus.StateMachine {
		t.Errorf("Outline = %+v, want two parts of all six units", got)
	}
}

func TestTry(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "90 billion")
	try := func(text string) Trial {
		t.Helper()
		trial, err := b.desk.Try(context.Background(), b.lin, Wording{Unit: unit, Text: text})
		b.must(err)
		return trial
	}
	if got := try("The amount was ⟨1⟩90 billion⟨/1⟩ yuan."); len(got.Findings) == 0 || got.Verdict.Bad {
		t.Errorf("Try = %+v, want a finding", got)
	}
	good := try("The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	if len(good.Findings) != 0 || good.Verdict.Bad || strings.Contains(good.Text, "⟨") {
		t.Errorf("Try = %+v, want nothing found, and logical text", good)
	}
	if got := try(" "); got.Text != "" {
		t.Errorf("Try of nothing = %+v", got)
	}
	if rec := b.record(unit); len(rec.Revisions) != 1 {
		t.Errorf("Try left %d revisions", len(rec.Revisions))
	}
	_, err := b.desk.Try(context.Background(), b.tan, Wording{Unit: unit, Text: "x"})
	b.wants(err, corpus.Forbidden)
}

func TestPlaces(t *testing.T) {
	b := newBench(t)
	doc := b.take("omitted.md", "# 通报\n\n全市共查处走私案件3.4万起。\n\n未发生一起重大责任事故。\n\n整治行动将持续至9月底。\n",
		"# Notice\n\nA total of 34,000 smuggling cases were investigated.\n\nThe campaign will continue until the end of September.\n").Document
	list, err := b.desk.Places(context.Background(), b.unit(doc.ID, "未发生"), "No accident happened.")
	b.must(err)
	var words []string
	for _, p := range list {
		word := string(p.Place)
		if p.Default {
			word += "*"
		}
		words = append(words, word)
	}
	if got := strings.Join(words, " "); got != "after before paragraph*" {
		t.Errorf("Places = %s, want after before paragraph*", got)
	}
	if !strings.HasPrefix(list[0].Before, "A total") || !strings.HasPrefix(list[0].After, "The campaign") {
		t.Errorf("around it stand %q and %q", list[0].Before, list[0].After)
	}
	if list, err := b.desk.Places(context.Background(), b.unit(doc.ID, "The campaign"), ""); err != nil || list != nil {
		t.Errorf("Places of a unit with a target = %v, %v", list, err)
	}
}

func TestFigures(t *testing.T) {
	list := Figures(corpus.Pair{Source: "查处案件3.4万起，涉案金额90亿元。", Target: "34,000 cases were handled, with 90 billion yuan and 12 boats."}, language.Chinese, language.English)
	var got []string
	for _, f := range list {
		got = append(got, f.Source+"|"+f.Means+"|"+f.Target+"|"+f.Relation)
	}
	want := "3.4万|34,000|34,000|equal 90亿元|9 billion|90 billion yuan|scaled ||12|added"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("Figures = %s, want %s", s, want)
	}
}
