package workflow

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/align"
)

// lessonTexts are pairs around invented place names that no dictionary knows.
func lessonTexts(n int) (source, target string) {
	names := [][2]string{{"樖梧", "Zorvath"}, {"碁霂", "Quillem"}, {"鸢嵘", "Brastok"}}
	var s, t strings.Builder
	for i := range n {
		name := names[i%len(names)]
		fmt.Fprintf(&s, "%s的第%d项工程已经完成。\n\n", name[0], i+11)
		fmt.Fprintf(&t, "Project %d of %s has been completed.\n\n", i+11, name[1])
	}
	return s.String(), t.String()
}

// Three sentences of which the last is not rendered: only who knows the names
// can tell which.
const (
	leftOutSource = "樖梧很好。\n\n碁霂很好。\n\n鸢嵘很好。\n"
	leftOutTarget = "Zorvath fares well.\n\nQuillem fares well.\n"
)

// quillem returns the source that a document pairs with "Quillem".
func (b *bench) quillem(doc corpus.DocumentID) string {
	b.Helper()
	rec := b.record(b.unit(doc, "Quillem"))
	return strings.ReplaceAll(rec.Unit.Text.Source, "\n", "")
}

// TestLearned has the aligner learn from approved units, and not where the
// project says no.
func TestLearned(t *testing.T) {
	b := newBench(t)
	source, target := lessonTexts(24)
	doc := b.take("lessons.md", source, target).Document
	const right = "碁霂很好。" // what stands behind it may go with it
	before := b.quillem(b.take("before.md", leftOutSource, leftOutTarget).Document.ID)
	if strings.HasPrefix(before, right) {
		t.Fatal("the names are known without learning: the test shows nothing")
	}
	var all []Choice
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		d, err := r.Document(doc.ID)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(d.Current) {
			if err != nil {
				return err
			}
			all = append(all, Choice{Unit: rec.Unit.ID})
		}
		return nil
	}))
	_, err := b.desk.Accept(ctx, b.he, all...)
	b.must(err)
	for _, name := range []string{"after.md", "again.md"} {
		if got := b.quillem(b.take(name, leftOutSource, leftOutTarget).Document.ID); !strings.HasPrefix(got, right) {
			t.Errorf("%s: approved units taught nothing: the pair is %q", name, got)
		}
	}
	b.must(b.desk.SetSettings(ctx, b.admin, b.project.ID, corpus.Settings{NoLearning: true}))
	if got := b.quillem(b.take("off.md", leftOutSource, leftOutTarget).Document.ID); got != before {
		t.Errorf("learning is switched off, and the pair is %q, want %q", got, before)
	}

	// A realignment and a new version learn as well.
	d := b.take("later.md", leftOutSource, leftOutTarget).Document
	b.must(b.desk.SetSettings(ctx, b.admin, b.project.ID, corpus.Settings{}))
	in := delivery("later.md", leftOutSource+"\n完。\n", leftOutTarget+"\nThe end.\n")
	in.VersionOf = d.ID
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.must(err)
	if got := b.quillem(d.ID); !strings.HasPrefix(got, right) {
		t.Errorf("after a new version, the pair is %q", got)
	}
	b.must(b.desk.SetSettings(ctx, b.admin, b.project.ID, corpus.Settings{NoLearning: true}))
	unit := b.unit(d.ID, "碁霂")
	_, err = b.desk.Realign(ctx, b.lin, unit, false)
	b.must(err)
	if got := b.quillem(d.ID); got != before {
		t.Errorf("realigned without learning, the pair is %q, want %q", got, before)
	}
	b.must(b.desk.SetSettings(ctx, b.admin, b.project.ID, corpus.Settings{}))
	_, err = b.desk.Realign(ctx, b.lin, b.unit(d.ID, "碁霂"), false)
	b.must(err)
	if got := b.quillem(d.ID); !strings.HasPrefix(got, right) {
		t.Errorf("realigned with learning, the pair is %q", got)
	}
}

// BenchmarkLearned is the cost of learning from as much as is ever taken.
func BenchmarkLearned(b *testing.B) {
	source, target := lessonTexts(lessons)
	pairs := make([]align.Pair, 0, lessons)
	t := strings.Split(target, "\n\n")
	for i, s := range strings.Split(source, "\n\n") {
		pairs = append(pairs, align.Pair{Source: s, Target: t[i]})
	}
	for b.Loop() {
		align.Learn(pairs, align.Default(newTag("zh"), newTag("en")), newTag("zh"), newTag("en"))
	}
}
