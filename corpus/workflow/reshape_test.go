package workflow

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// units returns the units of a document's current version, in order.
func (b *bench) units(doc corpus.DocumentID) []corpus.Record {
	b.Helper()
	var list []corpus.Record
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		d, err := r.Document(doc)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(d.Current) {
			if err != nil {
				return err
			}
			list = append(list, rec)
		}
		return nil
	}))
	return list
}

// TestMergeOutlivesVersion is the fault that was known: the merged unit was
// paired with the first of its parts, and the export said the second part twice.
func TestMergeOutlivesVersion(t *testing.T) {
	b := newBench(t)
	cases, amount := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion")
	merged, err := b.desk.Merge(ctx, b.lin, cases, amount)
	b.must(err)
	b.propose(b.lin, merged.ID, "Customs dealt with 34,000 cases worth ⟨1⟩9 billion⟨/1⟩ yuan.")
	b.approve(b.he, merged.ID)

	out := b.again(sampleSource, strings.Replace(sampleTarget, "No major", "No serious", 1))
	if out.Preview.Kept != 1 || len(out.Preview.Lost) != 0 || out.Preview.Counts[Kept] != 5-1 {
		t.Errorf("preview of a merge that can be carried over: %+v", out.Preview)
	}
	rec := b.record(b.unit(b.doc.ID, "90亿"))
	if rec.State() != corpus.StateApproved || !strings.Contains(rec.Unit.Text.Source, "3.4万") || rec.Unit.Bead.Status != corpus.BeadConfirmed {
		t.Errorf("the merged unit came back as %s: %+v", rec.State(), rec.Unit)
	}
	want := strings.NewReplacer("A total of 34,000 smuggling cases were investigated. The amount was **90 billion** yuan.", "Customs dealt with 34,000 cases worth **9 billion** yuan.", "No major", "No serious").Replace(sampleTarget)
	if got := string(b.export(b.doc.ID, ApprovedOnly).Data); got != want {
		t.Errorf("Export = %q, want %q", got, want)
	}
	// And once more, from the override that was carried.
	if out = b.again(sampleSource, sampleTarget); out.Preview.Kept != 1 {
		t.Errorf("the second version: %+v", out.Preview)
	}
	// In a version where the parts stand in paragraphs of their own it is still one.
	apart := b.again(strings.Replace(sampleSource, "3.4万起。涉案", "3.4万起。\n\n涉案", 1), strings.Replace(sampleTarget, "investigated. The", "investigated.\n\nThe", 1))
	if len(apart.Preview.Lost) != 1 || !slices.Equal(apart.Warnings, apart.Preview.Lost) {
		t.Errorf("an override that cannot be placed is not said: %+v, %q", apart.Preview, apart.Warnings)
	}
	if got := strings.Count(string(b.export(b.doc.ID, ApprovedOnly).Data), "billion"); got != 1 {
		t.Errorf("after the paragraph was divided the amount is said %d times", got)
	}
	b.audit()
}

// TestMergeOutlivesRun takes two runs of which the first leaves no word of the
// merged translation: the merge holds by its source, and then by both sides again.
func TestMergeOutlivesRun(t *testing.T) {
	b := newBench(t)
	_, err := b.desk.Merge(ctx, b.lin, b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion"))
	b.must(err)
	run := strings.Replace(sampleTarget, "A total of 34,000 smuggling cases were investigated. The amount was **90 billion** yuan.", "Officials looked into some 34,000 offences. They are thought to be worth **90 billion** in all.", 1)
	for i, target := range []string{run, strings.Replace(run, "Officials", "Customs", 1)} {
		if out := b.again(sampleSource, target); out.Preview.Kept != 1 || len(out.Preview.Lost) != 0 {
			t.Errorf("run %d: %+v", i+2, out.Preview)
		}
		if u := b.record(b.unit(b.doc.ID, "90亿")).Unit; !strings.Contains(u.Text.Target, "34,000") || !strings.Contains(u.Text.Source, "3.4万") {
			t.Errorf("run %d: the merged unit is %+v", i+2, u.Text)
		}
	}
}

func TestSplitOutlivesVersion(t *testing.T) {
	b := newBench(t)
	source, target := "甲厂停产，乙厂复工。\n\n会议听取了报告。\n", "Plant A stopped, plant B resumed.\n\nThe meeting heard the report.\n"
	b.doc = b.take("notice2.md", source, target).Document
	halves, err := b.desk.Split(ctx, b.lin, b.unit(b.doc.ID, "Plant A"), len("甲厂停产，"), len("Plant A stopped, "))
	b.must(err)
	b.propose(b.lin, halves[1].ID, "plant B went back to work.")
	b.approve(b.he, halves[1].ID)
	out := b.again(source, strings.Replace(target, "Plant A stopped", "Factory A has stopped", 1))
	if out.Preview.Kept != 2 || len(out.Preview.Lost) != 0 {
		t.Errorf("preview of a split: %+v", out.Preview)
	}
	rec := b.record(b.unit(b.doc.ID, "乙厂"))
	if rec.Unit.Text != (corpus.Pair{Source: "乙厂复工。", Target: "plant B resumed."}) || rec.State() != corpus.StateApproved {
		t.Errorf("the second half: %s, %+v", rec.State(), rec.Unit.Text)
	}
	// A new run says the sentence in other words: the cut has no place in it.
	out = b.again(source, "While the second factory is at work again the first one is idle.\n\nThe meeting heard the report.\n")
	if out.Preview.Kept != 0 || len(out.Preview.Lost) != 2 {
		t.Errorf("preview of a split without a place: %+v", out.Preview)
	}
	rec = b.record(b.unit(b.doc.ID, "乙厂"))
	if got := rec.Current().Text; got != "Factory A has stopped, plant B went back to work." || rec.State() != corpus.StateStale {
		t.Errorf("the halves became one unit, %s, with %q", rec.State(), got)
	}
	b.audit()
}

// TestFalseBoundary keeps a join over a boundary that the machine made up.
func TestFalseBoundary(t *testing.T) {
	b := newBench(t)
	source := "行动开始以来，共抓获“钉子”逃犯331名。\n\n社会治安明显好转。\n"
	target := "Since the beginning of the operation they captured \"nails\". 331 fugitives were held.\n\nPublic security improved markedly.\n"
	b.doc = b.take("nails.md", source, target).Document
	if n := len(b.units(b.doc.ID)); n != 2 { // the aligner kept the false boundary inside; cut it, to join it by hand
		t.Logf("%d units", n)
	}
	if u := b.record(b.unit(b.doc.ID, "331")); !strings.Contains(u.Unit.Text.Target, "nails") {
		_, err := b.desk.Merge(ctx, b.lin, b.unit(b.doc.ID, "nails"), u.Unit.ID)
		b.must(err)
	} else {
		halves, err := b.desk.Split(ctx, b.lin, u.Unit.ID, len(u.Unit.Text.Source), strings.Index(u.Unit.Text.Target, "331"))
		b.must(err)
		_, err = b.desk.Merge(ctx, b.lin, halves[0].ID, halves[1].ID)
		b.must(err)
	}
	out := b.again(source, strings.Replace(target, "improved markedly", "has improved", 1))
	if out.Preview.Kept != 1 || len(out.Preview.Lost) != 0 {
		t.Errorf("preview: %+v", out.Preview)
	}
	if u := b.record(b.unit(b.doc.ID, "331")); !strings.Contains(u.Unit.Text.Target, "nails") {
		t.Errorf("the join is lost: %+v", u.Unit.Text)
	}
}

func TestUndoneOverride(t *testing.T) {
	b := newBench(t)
	cases, amount := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "90 billion")
	_, err := b.desk.Merge(ctx, b.lin, cases, amount)
	b.must(err)
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.must(err)
	if out := b.again(sampleSource, sampleTarget+"\nMore.\n"); out.Preview.Kept+len(out.Preview.Lost) != 0 {
		t.Errorf("an undone merge was carried over: %+v", out.Preview)
	}
}

func TestLabel(t *testing.T) {
	b := newBench(t)
	source, target := "抓好安全工作，保持社会稳定。\n\n会议听取了报告。\n", "Do the work of safety well and keep the society stable\n\nThe meeting heard the report.\n"
	b.doc = b.take("label.md", source, target).Document
	unit := b.unit(b.doc.ID, "safety")
	noend := func() bool {
		var found bool
		rec := b.record(unit)
		b.must(b.store.View(ctx, func(r corpus.Reader) error {
			list, err := r.Findings(rec.Latest().ID)
			for _, f := range list {
				found = found || f.Check == "sentence.noend"
			}
			return err
		}))
		return found
	}
	if !noend() {
		t.Fatal("a sentence without an end has no finding to begin with")
	}
	_, err := b.desk.Label(ctx, b.tan, unit, true)
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.Label(ctx, b.lin, unit, true)
	b.must(err)
	_, err = b.desk.Label(ctx, b.mo, unit, true)
	b.wants(err, corpus.Conflict)
	if rec := b.record(unit); rec.Unit.Kind() != "heading" || noend() {
		t.Errorf("called a heading: kind %s, finding %v", rec.Unit.Kind(), noend())
	}
	_, err = b.desk.Undo(ctx, b.lin, b.doc.ID)
	b.must(err)
	if rec := b.record(unit); rec.Unit.Kind() != "paragraph" || !noend() {
		t.Errorf("taken back: kind %s, finding %v", rec.Unit.Kind(), noend())
	}
	_, err = b.desk.Label(ctx, b.lin, unit, true)
	b.must(err)
	out := b.again(source, strings.Replace(target, "heard", "listened to", 1))
	if out.Preview.Kept != 1 {
		t.Errorf("preview: %+v", out.Preview)
	}
	unit = b.unit(b.doc.ID, "safety")
	if rec := b.record(unit); rec.Unit.Kind() != "heading" || noend() {
		t.Errorf("after a new version: kind %s, finding %v", rec.Unit.Kind(), noend())
	}
	_, err = b.desk.Label(ctx, b.mo, unit, false)
	b.must(err)
	if rec := b.record(unit); rec.Unit.Kind() != "paragraph" || !noend() {
		t.Errorf("called body text: kind %s, finding %v", rec.Unit.Kind(), noend())
	}
	b.audit()
}

// mark is a word that occurs in one place of a random document alone.
var mark = regexp.MustCompile(`[KM]\d+`)

// sheet is a random document whose every half sentence has a mark of its own.
type sheet struct {
	rand *rand.Rand
	next int
	text [][]string // marks of the sentences of each paragraph, "17" for K17 and M17
	run  int        // which engine's words
}

func (s *sheet) sentence() string {
	s.next++
	return fmt.Sprint(s.next)
}

func (s *sheet) render() (source, target string) {
	english := []string{"The work on K%[1]s was finished in good time, and the report M%[1]s was handed in.", "In good time they finished K%[1]s, the report called M%[1]s being handed in too."}[s.run%2]
	for _, p := range s.text {
		var a, b []string
		for _, n := range p {
			a = append(a, fmt.Sprintf("编号K%[1]s的工作按时完成，报告M%[1]s已经提交。", n))
			b = append(b, fmt.Sprintf(english, n))
		}
		source += strings.Join(a, "") + "\n\n"
		target += strings.Join(b, " ") + "\n\n"
	}
	return source, target
}

// edit changes the document a little, as a new version would.
func (s *sheet) edit() {
	i := s.rand.IntN(len(s.text))
	p := s.text[i]
	switch k := s.rand.IntN(len(p)); s.rand.IntN(6) {
	case 0: // a sentence goes
		if len(p) > 1 {
			s.text[i] = slices.Delete(slices.Clone(p), k, k+1)
		}
	case 1: // one comes
		s.text[i] = slices.Insert(slices.Clone(p), k, s.sentence())
	case 2: // a paragraph comes
		s.text = slices.Insert(s.text, i, []string{s.sentence()})
	case 3: // one is divided
		if len(p) > 1 && k > 0 {
			s.text = slices.Replace(s.text, i, i+1, p[:k:k], p[k:])
		}
	case 4: // two become one
		if i > 0 {
			s.text = slices.Replace(s.text, i-1, i+1, slices.Concat(s.text[i-1], p))
		}
	case 5: // a new run
		s.run++
	}
}

// TestRandomReimport merges, splits and approves at random, takes a new version,
// and looks for text that is said twice or not at all.
func TestRandomReimport(t *testing.T) {
	rounds := 16
	if testing.Short() {
		rounds = 4
	}
	for seed := range uint64(rounds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			b := newBench(t)
			s := &sheet{rand: rand.New(rand.NewPCG(seed, 7))}
			for range 7 {
				var p []string
				for range 1 + s.rand.IntN(4) {
					p = append(p, s.sentence())
				}
				s.text = append(s.text, p)
			}
			source, target := s.render()
			b.doc = b.take("sheet.md", source, target).Document
			for version := range 3 {
				for range 6 {
					b.shake(s.rand)
				}
				checkMarks(t, b, fmt.Sprintf("version %d", version), target)
				for range 1 + s.rand.IntN(3) {
					s.edit()
				}
				was := target
				if source, target = s.render(); target == was {
					continue
				}
				out := b.again(source, target)
				checkMarks(t, b, fmt.Sprintf("version %d taken in", version+1), target)
				if got := out.Preview.Kept + len(out.Preview.Lost); got < len(out.Preview.Lost) || !slices.Equal(out.Warnings, out.Preview.Lost) {
					t.Errorf("said of overrides: %d kept, lost %q, warnings %q", out.Preview.Kept, out.Preview.Lost, out.Warnings)
				}
			}
			b.audit()
		})
	}
}

// shake does one random act.
func (b *bench) shake(r *rand.Rand) {
	list := b.units(b.doc.ID)
	i := r.IntN(len(list))
	u := list[i].Unit
	switch r.IntN(4) {
	case 0:
		if i+1 < len(list) {
			if _, err := b.desk.Merge(ctx, b.lin, u.ID, list[i+1].Unit.ID); err != nil {
				b.Fatal(err)
			}
		}
	case 1:
		at, to := strings.Index(u.Text.Source, "，"), strings.Index(u.Text.Target, ", ")
		if at < 0 || to < 0 {
			return
		}
		if _, err := b.desk.Split(ctx, b.lin, u.ID, at+len("，"), to+len(", ")); err != nil && corpus.KindOf(err) != corpus.Conflict {
			b.Fatal(err)
		}
	case 2:
		if u.Text.Target == "" || list[i].State() >= corpus.StateApproved {
			return
		}
		wording := list[i].Current()
		if wording.Verdict.Bad {
			wording = list[i].Machine()
		}
		lines := strings.Split(wording.Text, "\n")
		for k := range lines {
			lines[k] = "By hand: " + strings.Join(mark.FindAllString(lines[k], -1), " and ") + "."
		}
		b.propose(b.lin, u.ID, strings.Join(lines, "\n"))
		b.approve(b.he, u.ID)
	case 3:
		if u.Text.Target != "" && list[i].State() == corpus.StateMachine {
			_, err := b.desk.Accept(ctx, b.he, Choice{Unit: u.ID})
			b.must(err)
		}
	}
}

// checkMarks says which marks an export has twice, and which it lacks though the
// file received has them and nothing stale stands in their place.
func checkMarks(t *testing.T, b *bench, when, received string) {
	t.Helper()
	e, err := b.desk.Export(ctx, b.tan, b.doc.ID, ApprovedOnly)
	if err != nil && corpus.KindOf(err) == corpus.Blocked { // neighbouring wordings so alike that they cannot be written apart
		t.Logf("%s: %v", when, err)
		return
	}
	b.must(err)
	count := map[string]int{}
	for _, m := range mark.FindAllString(string(e.Data), -1) {
		if count[m]++; count[m] == 2 {
			t.Errorf("%s: %s is said twice", when, m)
		}
	}
	stale := ""
	for _, rec := range b.units(b.doc.ID) {
		if rec.State() == corpus.StateStale {
			stale += rec.Unit.Text.Target + " "
		}
	}
	for _, m := range mark.FindAllString(received, -1) {
		if count[m] == 0 && !strings.Contains(stale, m) {
			t.Errorf("%s: %s is lost", when, m)
		}
	}
}
