package workflow

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/sqlstore"
)

// bench is a desk over a real store, with people and one document.
type bench struct {
	*testing.T
	desk    *Desk
	store   corpus.Store
	project corpus.Project
	admin   corpus.UserID
	lin, mo corpus.UserID // translators
	he, bai corpus.UserID // reviewers
	tan     corpus.UserID // exporter
	doc     corpus.Document
	now     time.Time
}

const (
	sampleSource = "# 港口通报\n\n全市共查处走私案件3.4万起。涉案金额90亿元。\n\n未发生重大事故。\n\n- 严禁进入作业区。\n- 整治持续至9月底。\n"
	sampleTarget = "# Port notice\n\nA total of 34,000 smuggling cases were investigated. The amount was **90 billion** yuan.\n\nNo major accident happened.\n\n- Entry into the work area is not recommended.\n- The campaign lasts until the end of September.\n"
)

func newBench(t *testing.T) *bench {
	t.Helper()
	ctx := context.Background()
	store, err := sqlstore.Open(ctx, filepath.Join(t.TempDir(), "test.db"), sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &bench{T: t, store: store, now: time.Date(2026, 6, 12, 8, 0, 0, 0, time.UTC)}
	b.desk = New(store, Options{Now: func() time.Time { b.now = b.now.Add(time.Second); return b.now }})
	owner, err := b.desk.AddOwner(ctx, corpus.User{Name: "admin"})
	b.must(err)
	b.admin = owner.ID
	b.project, err = b.desk.AddProject(ctx, b.admin, "harbour", language.Chinese, language.English, corpus.Settings{})
	b.must(err)
	for _, p := range []struct {
		id    *corpus.UserID
		name  string
		roles corpus.Roles
	}{{&b.lin, "lin", corpus.Translator}, {&b.mo, "mo", corpus.Translator}, {&b.he, "he", corpus.Reviewer}, {&b.bai, "bai", corpus.Reviewer}, {&b.tan, "tan", corpus.Exporter}} {
		u, err := b.desk.AddUser(ctx, b.admin, corpus.User{Name: p.name, Function: p.roles.String()})
		b.must(err)
		*p.id = u.ID
		b.must(b.desk.SetRoles(ctx, b.admin, b.project.ID, u.ID, p.roles))
	}
	b.doc = b.take("notice.md", sampleSource, sampleTarget).Document
	return b
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// wants fails unless err has the kind.
func (b *bench) wants(err error, kind corpus.Kind) {
	b.Helper()
	if err == nil || corpus.KindOf(err) != kind {
		b.Errorf("error = %v, want kind %s", err, kind)
	}
}

func delivery(name, source, target string) Delivery {
	in := Delivery{Name: name}
	if source != "" {
		in.Source = &Received{Name: strings.Replace(name, ".", ".zh.", 1), Data: []byte(source)}
	}
	if target != "" {
		in.Target = &Received{Name: name, Data: []byte(target)}
	}
	return in
}

func (b *bench) take(name, source, target string) Imported {
	b.Helper()
	out, err := b.desk.Import(context.Background(), b.admin, b.project.ID, delivery(name, source, target), nil)
	b.must(err)
	return out
}

// unit finds the unit of a document's current version whose newest wording, or
// source, holds the words.
func (b *bench) unit(doc corpus.DocumentID, words string) corpus.UnitID {
	b.Helper()
	var id corpus.UnitID
	b.must(b.store.View(context.Background(), func(r corpus.Reader) error {
		d, err := r.Document(doc)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(d.Current) {
			if err != nil {
				return err
			}
			if strings.Contains(rec.Latest().Text, words) || strings.Contains(rec.Unit.Text.Source, words) {
				id = rec.Unit.ID
			}
		}
		return nil
	}))
	if id == "" {
		b.Fatalf("no unit holds %q", words)
	}
	return id
}

func (b *bench) record(unit corpus.UnitID) corpus.Record {
	b.Helper()
	var rec corpus.Record
	b.must(b.store.View(context.Background(), func(r corpus.Reader) (err error) {
		rec, err = r.Record(unit)
		return err
	}))
	if rec.Unit.Summary != rec.Summarize() {
		b.Errorf("stored summary %+v, record gives %+v", rec.Unit.Summary, rec.Summarize())
	}
	return rec
}

func (b *bench) state(unit corpus.UnitID) corpus.State {
	b.Helper()
	rec := b.record(unit)
	return rec.State()
}

func (b *bench) propose(by corpus.UserID, unit corpus.UnitID, text string) Saved {
	b.Helper()
	saved, err := b.desk.Propose(context.Background(), by, Wording{Unit: unit, Text: text})
	b.must(err)
	return saved
}

func (b *bench) approve(by corpus.UserID, units ...corpus.UnitID) {
	b.Helper()
	var choices []Choice
	for _, u := range units {
		choices = append(choices, Choice{Unit: u})
	}
	_, err := b.desk.Approve(context.Background(), by, choices...)
	b.must(err)
}

func (b *bench) export(doc corpus.DocumentID, p Policy) Exported {
	b.Helper()
	e, err := b.desk.Export(context.Background(), b.tan, doc, p)
	b.must(err)
	return e
}

func (b *bench) audit() {
	b.Helper()
	a, err := b.desk.Verify(context.Background())
	b.must(err)
	if len(a.Faults) > 0 {
		b.Errorf("audit: %v", a.Faults)
	}
}

func newTag(s string) language.Tag { return language.MustParse(s) }
