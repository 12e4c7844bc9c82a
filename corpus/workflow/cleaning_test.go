package workflow

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

const roughTarget = "Port notice\n\n  The office met on Monday. It decided to close the quay until the works are done.\n\n\n\n  Nobody was hurt, and the harbour master said that the ferry will\n\nsail again next week.\n\n1. is no list here, and *stars* are no marks.\n"

// rough is a bench with a plain text that needs cleaning.
func rough(t *testing.T) (*bench, corpus.Document) {
	b := newBench(t)
	return b, b.take("rough.txt", "", roughTarget).Document
}

func (b *bench) cleanings(doc corpus.DocumentID) CleaningList {
	b.Helper()
	list, err := b.desk.Cleanings(ctx, b.lin, doc)
	b.must(err)
	return list
}

// suggested proposes, as lin, all that is suggested, and returns the ids.
func (b *bench) suggested(doc corpus.DocumentID) []corpus.CleaningID {
	b.Helper()
	var wishes []layout.Reshape
	for _, s := range b.cleanings(doc).Suggested {
		wishes = append(wishes, s.Change)
	}
	made, err := b.desk.ProposeCleanings(ctx, b.lin, doc, wishes...)
	b.must(err)
	return cleaningIDs(made)
}

func TestCleaning(t *testing.T) {
	b, doc := rough(t)
	kinds := map[layout.ReshapeKind]int{}
	for _, s := range b.cleanings(doc.ID).Suggested {
		kinds[s.Change.Kind]++
	}
	if kinds[layout.MakeHeading] != 1 || kinds[layout.TrimIndent] != 2 || kinds[layout.TrimBlank] != 1 || kinds[layout.JoinBlocks] != 1 || len(kinds) != 4 {
		t.Errorf("suggested are %v", kinds)
	}
	ids := b.suggested(doc.ID)
	if left := b.cleanings(doc.ID).Suggested; len(left) != 0 {
		t.Errorf("suggested again: %+v", left)
	}
	if got := b.export(doc.ID, ApprovedOnly); string(got.Data) != roughTarget || got.Proof.Layout != 0 {
		t.Errorf("what waits was exported: %q", got.Data)
	}
	b.wants(b.desk.ApproveCleanings(ctx, b.lin, doc.ID, ids...), corpus.Forbidden) // two pairs of eyes
	b.wants(b.desk.DeclineCleanings(ctx, b.he, doc.ID, "", ids[0]), corpus.Invalid)
	_, err := b.desk.ProposeCleanings(ctx, b.mo, doc.ID, layout.Reshape{Kind: layout.MakeBody, Block: 0})
	b.wants(err, corpus.Conflict)
	b.must(b.desk.ApproveCleanings(ctx, b.he, doc.ID, ids...))
	b.wants(b.desk.ApproveCleanings(ctx, b.he, doc.ID, ids[0]), corpus.Conflict)

	got := b.export(doc.ID, ApprovedOnly)
	const want = "Port notice\n\nThe office met on Monday. It decided to close the quay until the works are done.\n\nNobody was hurt, and the harbour master said that the ferry will sail again next week.\n\n1. is no list here, and *stars* are no marks.\n"
	if string(got.Data) != want || got.Proof.Layout != 5 || got.Proof.Ranges != 0 || got.Proof.Outside != 0 {
		t.Errorf("export is %q, proof %s", got.Data, got.Proof)
	}
	md, err := b.desk.ExportMarkdown(ctx, b.tan, doc.ID, ApprovedOnly)
	b.must(err)
	wantMD := "# " + strings.Replace(strings.Replace(want, "1. is", `1\. is`, 1), "*stars*", `\*stars\*`, 1)
	if string(md.Data) != wantMD || md.Name != "rough.md" || md.Markdown == nil || md.Markdown.Headings != 1 || md.Markdown.Escaped != 1 {
		t.Errorf("Markdown is %q, want %q: %s %+v", md.Data, wantMD, md.Name, md.Markdown)
	}
	b.audit()

	// Undo takes the approval back; then nothing of it is exported.
	_, err = b.desk.Undo(ctx, b.he, doc.ID)
	b.must(err)
	if got := b.export(doc.ID, ApprovedOnly); string(got.Data) != roughTarget {
		t.Errorf("after undo: %q", got.Data)
	}
	if got := b.export(doc.ID, LatestToo); string(got.Data) != want {
		t.Errorf("with what waits: %q", got.Data)
	}
	b.must(b.desk.WithdrawCleanings(ctx, b.lin, doc.ID, ids...))
	if n := len(b.cleanings(doc.ID).Suggested); n != 5 {
		t.Errorf("%d suggested after all was withdrawn", n)
	}
	b.audit()
}

// TestCleaningWithWordings puts layout and wordings into the same places.
func TestCleaningWithWordings(t *testing.T) {
	b, doc := rough(t)
	b.must(b.desk.ApproveCleanings(ctx, b.he, doc.ID, b.suggested(doc.ID)...))
	met, hurt := b.unit(doc.ID, "met on Monday"), b.unit(doc.ID, "Nobody was hurt")
	split, err := b.desk.ProposeCleanings(ctx, b.mo, doc.ID, layout.Reshape{Kind: layout.SplitBlock, Block: 1, Offset: len("The office met on Monday. ")})
	b.must(err)
	b.must(b.desk.ApproveCleanings(ctx, b.he, doc.ID, split[0].ID))
	b.propose(b.lin, met, "On Monday the port office met.")
	b.propose(b.lin, hurt, "There were no injuries, and the harbour master said that the ferry will")
	b.approve(b.he, met, hurt)
	got := b.export(doc.ID, ApprovedOnly)
	const want = "Port notice\n\nOn Monday the port office met.\n\nIt decided to close the quay until the works are done.\n\nThere were no injuries, and the harbour master said that the ferry will sail again next week.\n\n1. is no list here, and *stars* are no marks.\n"
	if string(got.Data) != want || got.Proof.Layout != 6 || got.Proof.Ranges != 2 || got.Proof.Outside != 0 {
		t.Errorf("export is %q, proof %s", got.Data, got.Proof)
	}
	if s := got.Proof.String(); !strings.HasPrefix(s, "0 bytes changed outside 2 approved ranges and 6 layout changes") {
		t.Errorf("proof says %q", s)
	}
	md, err := b.desk.ExportMarkdown(ctx, b.tan, doc.ID, ApprovedOnly)
	b.must(err)
	if !strings.HasPrefix(string(md.Data), "# Port notice\n\nOn Monday") {
		t.Errorf("Markdown is %q", md.Data)
	}
}

// TestCleaningBlocks wants a release to wait for changes of layout, and to say
// which are stale.
func TestCleaningBlocks(t *testing.T) {
	b, doc := rough(t)
	split, err := b.desk.ProposeCleanings(ctx, b.lin, doc.ID, layout.Reshape{Kind: layout.SplitBlock, Block: 1, Offset: len("The office met on Monday. ")})
	b.must(err)
	b.answerAll(doc.ID)
	strict := func() []Blocker {
		out, err := b.desk.Export(ctx, b.tan, doc.ID, Strict)
		if err != nil {
			b.wants(err, corpus.Blocked)
		}
		return out.Open
	}
	if open := strict(); len(open) != 1 || open[0].Why != LayoutWaits {
		t.Errorf("open is %+v", open)
	}
	b.must(b.desk.ApproveCleanings(ctx, b.he, doc.ID, split[0].ID))
	if open := strict(); len(open) != 0 {
		t.Errorf("open is %+v", open)
	}
	r, err := b.desk.Release(ctx, b.tan, doc.ID, "June", nil)
	b.must(err)
	if r.Proof.Layout != 1 {
		t.Errorf("release: %s", r.Proof)
	}
	b.wants(b.desk.ReopenCleanings(ctx, b.lin, doc.ID, split[0].ID), corpus.Forbidden)
	b.must(b.desk.ReopenCleanings(ctx, b.he, doc.ID, split[0].ID))
	if open := strict(); len(open) != 1 || open[0].Why != LayoutWaits {
		t.Errorf("open is %+v", open)
	}
	b.must(b.desk.DeclineCleanings(ctx, b.he, doc.ID, "one thought", split[0].ID))
	_, err = b.desk.ProposeCleanings(ctx, b.lin, doc.ID, layout.Reshape{Kind: layout.SplitBlock, Block: 1, Offset: len("The office ")})
	b.wants(err, corpus.Invalid) // inside a sentence
	// The first sentence goes, and with it the place of the split.
	again, err := b.desk.ProposeCleanings(ctx, b.lin, doc.ID, layout.Reshape{Kind: layout.SplitBlock, Block: 1, Offset: len("The office met on Monday. ")})
	b.must(err)
	b.must(b.desk.ApproveCleanings(ctx, b.he, doc.ID, again[0].ID))
	met := b.unit(doc.ID, "met on Monday")
	_, err = b.desk.Propose(ctx, b.lin, Wording{Unit: met, Delete: true})
	b.must(err)
	b.approve(b.he, met)
	if open := strict(); len(open) != 1 || open[0].Why != LayoutStale {
		t.Errorf("open is %+v", open)
	}
	if got := b.export(doc.ID, ApprovedOnly); got.Proof.Layout != 0 || !strings.Contains(string(got.Data), "\n  It decided") {
		t.Errorf("export with a stale change: %q", got.Data)
	}
}

func TestCleaningMarkdown(t *testing.T) {
	b := newBench(t)
	doc := b.take("a.md", "", "Sub title\n---\n\nBody one. Body two.\n\n## Closed ##\n\n- item\n\n　　Indented.\n\n1. Not body\n").Document
	for _, c := range []struct {
		do   layout.Reshape
		want string // "" where it is refused
	}{
		{layout.Reshape{Kind: layout.MakeHeading, Block: 0, Level: 1}, "# Sub title\n\nBody"},
		{layout.Reshape{Kind: layout.MakeBody, Block: 0}, "Sub title\n\nBody"},
		{layout.Reshape{Kind: layout.MakeHeading, Block: 1, Level: 3}, "### Body one. Body two.\n"},
		{layout.Reshape{Kind: layout.MakeHeading, Block: 1, Level: 7}, ""},
		{layout.Reshape{Kind: layout.MakeBody, Block: 1}, ""},
		{layout.Reshape{Kind: layout.MakeHeading, Block: 2, Level: 4}, "#### Closed ##\n"},
		{layout.Reshape{Kind: layout.MakeHeading, Block: 3, Level: 1}, ""},
		{layout.Reshape{Kind: layout.TrimIndent, Block: 4}, "\n\nIndented.\n"},
		{layout.Reshape{Kind: layout.TrimIndent, Block: 1}, ""},
		{layout.Reshape{Kind: layout.JoinBlocks, Block: 4}, ""},
		{layout.Reshape{Kind: layout.SplitBlock, Block: 1, Offset: len("Body one. ")}, "Body one.\n\nBody two.\n"},
		{layout.Reshape{Kind: layout.SplitBlock, Block: 1, Offset: 0}, ""},
		{layout.Reshape{Kind: layout.JoinBlocks, Block: 99}, ""},
	} {
		made, err := b.desk.ProposeCleanings(ctx, b.lin, doc.ID, c.do)
		if c.want == "" {
			b.wants(err, corpus.Blocked)
			continue
		}
		if err != nil {
			t.Errorf("%+v: %v", c.do, err)
			continue
		}
		b.must(b.desk.ApproveCleanings(ctx, b.he, doc.ID, made[0].ID))
		if got := b.export(doc.ID, ApprovedOnly); !strings.Contains(string(got.Data), c.want) {
			t.Errorf("%+v gives %q", c.do, got.Data)
		}
		_, err = b.desk.Undo(ctx, b.he, doc.ID)
		b.must(err)
		_, err = b.desk.Undo(ctx, b.lin, doc.ID)
		b.must(err)
	}
}

func TestQuotes(t *testing.T) {
	b := newBench(t)
	doc := b.take("q.txt", "", "The “plan” and the “aim” and the “way” stand.\n\nThe \"rule\" isn't 5' wide.\n").Document
	n, err := b.desk.ProposeQuotes(ctx, b.lin, doc.ID)
	b.must(err)
	unit := b.unit(doc.ID, "rule")
	rec := b.record(unit)
	if n != 1 || rec.Latest().Text != "The “rule” isn’t 5' wide." {
		t.Errorf("%d proposed, %q", n, rec.Latest().Text)
	}
	for in, want := range map[string]string{`'Tis "so".`: `‘Tis “so”.`, `("a")`: `(“a”)`, `6"`: `6"`} {
		if got := curl(in); got != want {
			t.Errorf("curl(%q) = %q", in, got)
		}
	}
}

// TestSeedCleaned cleans the first document that a bureau handed in.
func TestSeedCleaned(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "seed", "000_5447972c005bbedb.txt"))
	if err != nil {
		t.Skipf("SKIPPED: the development data is not here: %v", err)
	}
	for _, name := range []string{"seed.txt", "seed.md"} {
		b := newBench(t)
		doc := b.take(name, "", string(raw)).Document
		ids := b.suggested(doc.ID)
		b.must(b.desk.ApproveCleanings(ctx, b.he, doc.ID, ids...))
		out, err := b.desk.ExportMarkdown(ctx, b.tan, doc.ID, ApprovedOnly)
		b.must(err)
		headings := 0
		for line := range strings.Lines(string(out.Data)) {
			if strings.HasPrefix(line, "#") {
				headings++
			}
			if strings.TrimLeft(line, " \t　") != line && strings.TrimSpace(line) != "" {
				t.Errorf("%s: a stray indent: %.20q", name, line)
			}
		}
		if headings != 3 || out.Proof.Layout != len(ids) || out.Proof.Outside != 0 || strings.Contains(string(out.Data), "\n\n\n") {
			t.Errorf("%s: %d headings, %s", name, headings, out.Proof)
		}
	}
}

// TestCleaningCountersigned wants a reviewer's change of layout to be countersigned
// by a translator, and a translator's not.
func TestCleaningCountersigned(t *testing.T) {
	b, doc := rough(t)
	title := layout.Reshape{Kind: layout.MakeHeading, Block: 0, Level: 1}
	indent := layout.Reshape{Kind: layout.TrimIndent, Block: 1}
	byReviewer, err := b.desk.ProposeCleanings(ctx, b.he, doc.ID, title)
	b.must(err)
	byTranslator, err := b.desk.ProposeCleanings(ctx, b.mo, doc.ID, indent)
	b.must(err)
	b.wants(b.desk.ApproveCleanings(ctx, b.lin, doc.ID, byTranslator[0].ID), corpus.Forbidden)
	b.wants(b.desk.ApproveCleanings(ctx, b.lin, doc.ID, byReviewer[0].ID, byTranslator[0].ID), corpus.Forbidden) // all or none
	b.must(b.desk.ApproveCleanings(ctx, b.lin, doc.ID, byReviewer[0].ID))
	b.wants(b.desk.WithdrawCleanings(ctx, b.lin, doc.ID, byTranslator[0].ID), corpus.Forbidden)
	list := b.cleanings(doc.ID).Proposed
	if d, ok := list[0].Cleaning.Approval(); !ok || d.Verb != corpus.Countersign || d.Name != "lin" || list[1].Cleaning.Status() != corpus.Pending {
		t.Errorf("the list is %+v", list)
	}
	// A new version has a layout of its own; the old one's changes stay with it.
	again := delivery("rough.txt", "", roughTarget+"\nOne more.\n")
	again.VersionOf = doc.ID
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, again, nil)
	b.must(err)
	if list := b.cleanings(doc.ID); len(list.Proposed) != 0 || len(list.Suggested) == 0 {
		t.Errorf("the new version has %d changes, %d suggested", len(list.Proposed), len(list.Suggested))
	}
	b.wants(b.desk.ApproveCleanings(ctx, b.he, doc.ID, byTranslator[0].ID), corpus.NotFound)
	b.audit()
}
