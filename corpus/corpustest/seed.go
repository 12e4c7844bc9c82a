package corpustest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// Clock is the moment at which samples are made.
func Clock() time.Time { return time.Date(2026, 3, 5, 9, 30, 0, 125e6, time.UTC) }

// Review is a small project under review, as SeedReview stores it.
type Review struct {
	Translator corpus.User
	Reviewer   corpus.User
	Project    corpus.Project // zh-CN to en-GB
	Document   corpus.Document
	Version    corpus.Version
	Units      []corpus.Unit     // in reading order; revision 0 of each is stored
	Machine    []corpus.Revision // revision 0 of each unit
}

// Sentences are the texts of the sample document. One pair lacks its target.
func Sentences() []corpus.Pair {
	return []corpus.Pair{
		{Source: "国务院新闻办公室举行发布会。", Target: "The State Council Information Office held a press conference."},
		{Source: "全年粮食产量达到1.4万亿斤。", Target: "Annual grain output reached 1.4 trillion jin."},
		{Source: "我们坚持稳中求进工作总基调。", Target: "We adhere to the general tone of seeking progress while maintaining stability."},
		{Source: "国家安全是头等大事。", Target: "National security is the the top priority."},
		{Source: "这句话没有译文。", Target: ""},
		{Source: "谢谢大家。", Target: "Thank you, everyone."},
	}
}

// SeedReview stores two users with roles, a project, and a document with one
// complete version of the sample sentences.
func SeedReview(t testing.TB, store corpus.Store) Review {
	t.Helper()
	r := Review{Translator: User("wen", "Translator"), Reviewer: User("reid", "Reviewer")}
	r.Project = Project("Briefings " + string(corpus.NewID[corpus.ProjectID]()))
	r.Translator.Name += "-" + string(r.Project.ID)
	r.Reviewer.Name += "-" + string(r.Project.ID)
	Update(t, store, func(tx corpus.Tx) error {
		return first(
			tx.AddUser(r.Translator), tx.AddUser(r.Reviewer), tx.AddProject(r.Project),
			tx.SaveMember(corpus.Member{Project: r.Project.ID, User: r.Translator.ID, Roles: corpus.Translator}),
			tx.SaveMember(corpus.Member{Project: r.Project.ID, User: r.Reviewer.ID, Roles: corpus.Reviewer | corpus.Exporter}),
		)
	})
	r.Document, r.Version, r.Units, r.Machine = SeedDocument(t, store, r.Project.ID, "briefing.md", Sentences())
	return r
}

// SeedDocument stores a document with one complete version whose units are the
// given pairs, each with its revision 0.
func SeedDocument(t testing.TB, store corpus.Store, project corpus.ProjectID, name string, pairs []corpus.Pair) (corpus.Document, corpus.Version, []corpus.Unit, []corpus.Revision) {
	t.Helper()
	doc := corpus.Document{ID: corpus.NewID[corpus.DocumentID](), Project: project, Name: name, Format: "markdown", Created: Clock()}
	v := corpus.Version{ID: corpus.NewID[corpus.VersionID](), Document: doc.ID, Number: 1, Engine: "engine", Label: "first run", Created: Clock()}
	var units []corpus.Unit
	var machine []corpus.Revision
	var source, target string
	for i, p := range pairs {
		u, r := Unit(v, i, p)
		units, machine = append(units, u), append(machine, r)
		source += p.Source + "\n\n"
		target += p.Target + "\n\n"
	}
	Update(t, store, func(tx corpus.Tx) error {
		var err error
		if v.Source, err = addFile(tx, "zh/"+name, source); err != nil {
			return err
		}
		if v.Target, err = addFile(tx, "en/"+name, target); err != nil {
			return err
		}
		return first(tx.AddDocument(doc), tx.AddVersion(v))
	})
	Update(t, store, func(tx corpus.Tx) error {
		for i := range units {
			if err := first(tx.AddUnit(units[i]), tx.AddRevision(machine[i])); err != nil {
				return err
			}
		}
		v.Ready = true
		doc.Current = v.ID
		return first(tx.SaveVersion(v), tx.SaveDocument(doc))
	})
	return doc, v, units, machine
}

func addFile(tx corpus.Tx, name, text string) (corpus.File, error) {
	hash, err := tx.AddBlob([]byte(text))
	return corpus.File{Name: name, Hash: hash, Size: int64(len(text))}, err
}

// User returns a sample user of the given name.
func User(name, function string) corpus.User {
	return corpus.User{ID: corpus.NewID[corpus.UserID](), Name: name, Full: "Person " + name, Function: function, Created: Clock()}
}

// Project returns a sample project from Chinese into English.
func Project(name string) corpus.Project {
	return corpus.Project{ID: corpus.NewID[corpus.ProjectID](), Name: name, Source: language.MustParse("zh-CN"), Target: language.BritishEnglish, Created: Clock()}
}

// Unit returns the nth unit, from 0, of a version, with its revision 0. A side
// without text has no segments.
func Unit(v corpus.Version, n int, texts corpus.Pair) (corpus.Unit, corpus.Revision) {
	u := corpus.Unit{
		ID: corpus.NewID[corpus.UnitID](), Version: v.ID, Document: v.Document, Position: int64(n+1) * 1024,
		Source: segments(n, texts.Source), Target: segments(n, texts.Target), Text: texts,
		Bead: corpus.Bead{Status: corpus.BeadAuto, Score: 0.75, Reasons: []string{"length"}},
	}
	r := corpus.Revision{ID: corpus.NewID[corpus.RevisionID](), Unit: u.ID, Text: texts.Target, Origin: corpus.FromMachine, Created: Clock()}
	u.Summary.Current, u.Summary.Latest = r.ID, r.ID
	return u, r
}

func segments(block int, text string) []corpus.Segment {
	if text == "" {
		return nil
	}
	return []corpus.Segment{{Block: block, Span: corpus.Span{End: len(text)}, Envelope: corpus.Span{Start: 100 * block, End: 100*block + len(text)}, Kind: "paragraph"}}
}

// Wording returns the nth revision of a unit, by a person, and its proposal.
func Wording(u corpus.Unit, n int, by corpus.UserID, text string, act corpus.EventID) (corpus.Revision, corpus.Proposal) {
	r := corpus.Revision{
		ID: corpus.NewID[corpus.RevisionID](), Unit: u.ID, Number: n, Text: text, Author: by, Hands: []corpus.UserID{by},
		Origin: corpus.FromPerson, Base: u.Summary.Latest, Created: Clock(), Act: act,
	}
	return r, corpus.Proposal{ID: corpus.NewID[corpus.ProposalID](), Unit: u.ID, Revision: r.ID, By: by, Created: Clock(), Act: act}
}

// Propose saves a wording of the unit as the workflow does: revision, proposal,
// findings, the unit's summary and the event. It returns the revision.
func Propose(tx corpus.Tx, unit corpus.UnitID, by corpus.UserID, text string) (corpus.Revision, error) {
	rec, err := tx.Record(unit)
	if err != nil {
		return corpus.Revision{}, err
	}
	act := corpus.NewID[corpus.EventID]()
	r, p := Wording(rec.Unit, len(rec.Revisions), by, text, act)
	f := corpus.Finding{Check: "repeat.word", Category: corpus.Grammar, Severity: corpus.Minor, Message: "repeated", Args: []string{"the"}, Target: []corpus.Span{{End: 1}}, Key: corpus.BlobHash([]byte(text))}
	rec.Revisions, rec.Proposals = append(rec.Revisions, r), append(rec.Proposals, p)
	rec.Unit.Summary = rec.Summarize()
	rec.Unit.Summary.Findings, rec.Unit.Summary.Doubt = 1, corpus.Minor
	if err := first(tx.AddRevision(r), tx.AddProposal(p), tx.SaveFindings(r.ID, []corpus.Finding{f}), tx.SaveUnit(rec.Unit)); err != nil {
		return r, err
	}
	_, err = tx.AddEvent(corpus.Event{
		ID: act, Chain: corpus.DocumentChain(rec.Unit.Document), At: Clock(), By: by, Name: "Person", Verb: corpus.Propose,
		Data: fmt.Appendf(nil, `{"rows":["revision:%s:%s"],"units":[%q]}`, r.ID, corpus.BlobHash([]byte(text)), unit), Units: []corpus.UnitID{unit},
	})
	return r, err
}

// Update runs f as an update that must succeed.
func Update(t testing.TB, store corpus.Store, f func(corpus.Tx) error) {
	t.Helper()
	if err := store.Update(context.Background(), f); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// View runs f as a view that must succeed.
func View(t testing.TB, store corpus.Store, f func(corpus.Reader) error) {
	t.Helper()
	if err := store.View(context.Background(), f); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// first returns the first error.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
