package workflow

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sqlstore"
)

// answerAll has everything but the units that hold the words accepted.
func (b *bench) answerAll(doc corpus.DocumentID, but ...string) {
	b.Helper()
	var choices []Choice
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		d, err := r.Document(doc)
		if err != nil {
			return err
		}
	units:
		for rec, err := range r.Records(d.Current) {
			if err != nil {
				return err
			}
			for _, words := range but {
				if strings.Contains(rec.Unit.Text.Target, words) {
					continue units
				}
			}
			if rec.State() < corpus.StateApproved {
				choices = append(choices, Choice{Unit: rec.Unit.ID})
			}
		}
		return nil
	}))
	_, err := b.desk.Accept(ctx, b.he, choices...)
	b.must(err)
}

func TestRelease(t *testing.T) {
	b := newBench(t)
	amount := b.unit(b.doc.ID, "90 billion")
	_, err := b.desk.Release(ctx, b.tan, b.doc.ID, "June", nil)
	b.wants(err, corpus.Blocked)
	b.answerAll(b.doc.ID, "90 billion")
	_, err = b.desk.Release(ctx, b.he, b.doc.ID, "June", map[corpus.UnitID]string{amount: "later"})
	b.wants(err, corpus.Forbidden)
	r, err := b.desk.Release(ctx, b.tan, b.doc.ID, "June", map[corpus.UnitID]string{amount: "the ministry answers on Monday"})
	b.must(err)
	if x := r.Snapshot.Exceptions; len(x) != 2 || x[0].Why != string(Unanswered) || x[0].Reason == "" || x[1].Unit != amount || x[1].Why != string(CriticalFinding) || x[1].What == "" || len(r.Corrigendum) != 0 {
		t.Errorf("release = %+v", r.Snapshot)
	}
	if got := b.state(b.unit(b.doc.ID, "34,000")); got != corpus.StateFinal {
		t.Errorf("released units are %s", got)
	}
	if got := b.state(amount); got != corpus.StateMachine {
		t.Errorf("an excepted unit is %s", got)
	}
	_, err = b.desk.Undo(ctx, b.tan, b.doc.ID)
	b.wants(err, corpus.Blocked)

	_, err = b.desk.Undo(ctx, b.he, b.doc.ID)
	b.wants(err, corpus.Conflict) // the acceptance was released

	cases := b.unit(b.doc.ID, "34,000")
	_, err = b.desk.Reopen(ctx, b.he, "34,000 is wrong", Choice{Unit: cases})
	b.must(err)
	b.propose(b.lin, cases, "A total of 34,000 cases of smuggling were investigated.")
	b.propose(b.lin, amount, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	b.approve(b.he, cases, amount)
	second, err := b.desk.Release(ctx, b.tan, b.doc.ID, "June, corrected", nil)
	b.must(err)
	if len(second.Corrigendum) != 2 || !strings.Contains(second.Corrigendum[1].After.Target, "9 billion") {
		t.Errorf("corrigendum = %+v", second.Corrigendum)
	}
	same, err := b.desk.Compare(ctx, b.he, b.doc.ID, second.Snapshot.ID, second.Snapshot.ID)
	b.must(err)
	if len(same) != 0 {
		t.Errorf("a snapshot differs from itself: %+v", same)
	}
	b.audit()
}

func TestWho(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "90 billion")
	b.propose(b.lin, unit, "The amount was ⟨1⟩9 billion⟨/1⟩ yuan.")
	b.approve(b.he, unit)
	b.answerAll(b.doc.ID)
	_, err := b.desk.Release(ctx, b.tan, b.doc.ID, "June", nil)
	b.must(err)
	answers, err := b.desk.Who(ctx, b.lin, b.project.ID, "“the AMOUNT was  9 billion yuan”")
	b.must(err)
	if len(answers) != 1 {
		t.Fatalf("%d cards, want 1", len(answers))
	}
	a := answers[0]
	if a.Approval == nil || a.Approval.Name != "he" || a.Approval.Function != "reviewer" || !a.Stands || a.Revision.Author != b.lin || len(a.Releases) != 1 {
		t.Errorf("card = %+v", a)
	}
	answers, err = b.desk.Who(ctx, b.lin, b.project.ID, "The amount was 90 billion yuan.")
	b.must(err)
	if len(answers) != 1 || answers[0].Approval != nil || answers[0].Stands {
		t.Errorf("the machine's wording: %+v", answers)
	}
	_, err = b.desk.Who(ctx, b.lin, b.project.ID, "…!")
	b.wants(err, corpus.Invalid)
	stranger, err := b.desk.AddUser(ctx, b.admin, corpus.User{Name: "stranger"})
	b.must(err)
	_, err = b.desk.Who(ctx, stranger.ID, b.project.ID, "The amount")
	b.wants(err, corpus.Forbidden)
}

func TestStatusAndQueue(t *testing.T) {
	b := newBench(t)
	one, two := b.unit(b.doc.ID, "34,000"), b.unit(b.doc.ID, "No major")
	b.propose(b.lin, two, "Nothing serious happened.")
	b.propose(b.he, one, "Cases: 34,000.")
	list, err := b.desk.Status(ctx, b.tan, b.project.ID)
	b.must(err)
	if p := list[0].Progress; p.Units != 6 || p.States[corpus.StateProposed] != 2 || p.Pending != 2 {
		t.Errorf("progress = %+v", p)
	}
	waiting, err := b.desk.Queue(ctx, b.he, b.project.ID, 10)
	b.must(err)
	if len(waiting) != 2 || waiting[0].Own || !waiting[1].Own || waiting[0].Number != 4 {
		t.Errorf("queue = %+v", waiting)
	}
}

// TestVerifyFindsTampering changes a wording behind the store's back.
func TestVerifyFindsTampering(t *testing.T) {
	b := newBench(t)
	unit := b.unit(b.doc.ID, "34,000")
	b.propose(b.lin, unit, "An honest wording.")
	b.audit()
	copied := filepath.Join(t.TempDir(), "copy.db")
	b.must(b.store.Backup(ctx, copied))
	tamper(t, copied, "UPDATE revision SET text = 'A forged wording.' WHERE text = 'An honest wording.'")
	store, err := sqlstore.Open(ctx, copied, sqlstore.Options{})
	b.must(err)
	defer store.Close()
	audit, err := New(store, Options{}).Verify(ctx)
	b.must(err)
	if len(audit.Faults) != 1 || !strings.Contains(audit.Faults[0], "another text") {
		t.Errorf("faults = %q", audit.Faults)
	}
}

func TestProjects(t *testing.T) {
	b := newBench(t)
	_, err := b.desk.AddProject(ctx, b.lin, "mine", newTag("zh"), newTag("en"), corpus.Settings{})
	b.wants(err, corpus.Forbidden)
	_, err = b.desk.AddProject(ctx, b.admin, "harbour", newTag("zh"), newTag("en"), corpus.Settings{})
	b.wants(err, corpus.Conflict)
	b.wants(b.desk.SetRoles(ctx, b.he, b.project.ID, b.lin, corpus.Manager), corpus.Forbidden)
	b.must(b.desk.SetRoles(ctx, b.admin, b.project.ID, b.he, 0))
	unit := b.unit(b.doc.ID, "34,000")
	_, err = b.desk.Accept(ctx, b.he, Choice{Unit: unit})
	b.wants(err, corpus.Forbidden) // rights end at once
	_, err = b.desk.AddUser(ctx, b.lin, corpus.User{Name: "friend"})
	b.wants(err, corpus.Forbidden)
	b.wants(b.desk.CloseUser(ctx, b.admin, b.admin), corpus.Conflict)
	b.must(b.desk.CloseUser(ctx, b.admin, b.lin))
	_, err = b.desk.Propose(ctx, b.lin, Wording{Unit: unit, Text: "After my account was closed."})
	b.wants(err, corpus.Forbidden)
}

// What is open without blocking a release is listed and kept with it.
func TestReleaseListsWhatIsLetPass(t *testing.T) {
	b := newBench(t)
	accident := b.unit(b.doc.ID, "No major")
	_, err := b.desk.Flag(ctx, b.mo, Passage{Unit: accident, Target: corpus.Mark{Quote: "happened"}, Category: corpus.Awkward, Severity: corpus.Minor})
	b.must(err)
	b.answerAll(b.doc.ID)
	preview, err := b.desk.PreviewExport(ctx, b.he, b.doc.ID)
	b.must(err)
	r, err := b.desk.Release(ctx, b.tan, b.doc.ID, "June", nil)
	b.must(err)
	var got []string
	for _, x := range r.Snapshot.Exceptions {
		got = append(got, Blocker{Why: Why(x.Why), What: x.What}.String())
		if x.Reason != "" {
			t.Errorf("unit %d was given a reason: %q", x.Number, x.Reason)
		}
	}
	if len(preview.Passed) != len(got) || len(got) != 2 || !strings.HasPrefix(got[0], string(CriticalFinding)+" (") || got[1] != string(MinorFlag)+" (awkward)" {
		t.Errorf("let pass: %q; foreseen: %v", got, preview.Passed)
	}
	b.audit()
}
