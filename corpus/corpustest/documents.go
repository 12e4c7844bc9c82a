package corpustest

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func testDocuments(t *testing.T, s corpus.Store) {
	p, other := Project("Documents"), Project("Other")
	Update(t, s, func(tx corpus.Tx) error { return first(tx.AddProject(p), tx.AddProject(other)) })
	b, vb, _, _ := SeedDocument(t, s, p.ID, "b.md", nil)
	a, _, _, _ := SeedDocument(t, s, p.ID, "a.md", nil)
	SeedDocument(t, s, other.ID, "a.md", nil)

	equal(t, "Document", read(t, s, func(r corpus.Reader) (corpus.Document, error) { return r.Document(b.ID) }), func() corpus.Document { b.Current = vb.ID; return b }())
	equal(t, "DocumentByName", read(t, s, func(r corpus.Reader) (corpus.Document, error) { return r.DocumentByName(p.ID, "a.md") }), a)
	lookup(t, s, "Document of another id", func(r corpus.Reader) (corpus.Document, error) { return r.Document("none") })
	lookup(t, s, "DocumentByName of another name", func(r corpus.Reader) (corpus.Document, error) { return r.DocumentByName(p.ID, "c.md") })

	unready := corpus.Document{ID: corpus.NewID[corpus.DocumentID](), Project: p.ID, Name: "0.md", Format: "text", Created: Clock()}
	Update(t, s, func(tx corpus.Tx) error {
		return first(tx.AddDocument(unready), tx.AddVersion(corpus.Version{ID: corpus.NewID[corpus.VersionID](), Document: unready.ID, Number: 1, Created: Clock()}))
	})
	equal(t, "Documents, one of them being imported", read(t, s, func(r corpus.Reader) ([]corpus.Document, error) { return r.Documents(p.ID) }), []corpus.Document{a, b})

	refused(t, s, "AddDocument with a taken name", corpus.Conflict, func(tx corpus.Tx) error {
		return tx.AddDocument(corpus.Document{ID: corpus.NewID[corpus.DocumentID](), Project: p.ID, Name: "a.md"})
	})
	refused(t, s, "AddDocument to no project", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.AddDocument(corpus.Document{ID: corpus.NewID[corpus.DocumentID](), Project: "none", Name: "x.md"})
	})
	refused(t, s, "SaveDocument of none", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.SaveDocument(corpus.Document{ID: "none", Project: p.ID, Name: "y.md"})
	})
}

func testVersions(t *testing.T, s corpus.Store) {
	p := Project("Versions")
	Update(t, s, func(tx corpus.Tx) error { return tx.AddProject(p) })
	doc, v1, _, _ := SeedDocument(t, s, p.ID, "v.md", nil)
	v2 := corpus.Version{
		ID: corpus.NewID[corpus.VersionID](), Document: doc.ID, Number: 2, Engine: "e", Label: "l", Created: Clock(), By: "somebody",
		Source: corpus.File{Name: "s.txt", Hash: corpus.BlobHash([]byte("s")), Size: 1, Hard: true, Chosen: true, Encoding: "gb18030"},
		Target: corpus.File{Name: "t.txt", Hash: corpus.BlobHash([]byte("t")), Size: 1 << 40, Encoding: "big5"},
	}
	versions := func() []corpus.Version {
		return read(t, s, func(r corpus.Reader) ([]corpus.Version, error) { return r.Versions(doc.ID) })
	}
	Update(t, s, func(tx corpus.Tx) error { return tx.AddVersion(v2) })
	equal(t, "Versions while one is imported", versions(), []corpus.Version{v1})
	equal(t, "Version not ready", read(t, s, func(r corpus.Reader) (corpus.Version, error) { return r.Version(v2.ID) }), v2)
	Update(t, s, func(tx corpus.Tx) error {
		unready, err := tx.Unready()
		equal(t, "Unready", unready, []corpus.Version{v2})
		return err
	})
	v2.Ready = true
	v2.Source.Shared, v2.Target.Shared = "zh:en", "zh:en"
	Update(t, s, func(tx corpus.Tx) error { return tx.SaveVersion(v2) })
	equal(t, "Versions", versions(), []corpus.Version{v1, v2})
	lookup(t, s, "Version of another id", func(r corpus.Reader) (corpus.Version, error) { return r.Version("none") })

	refused(t, s, "AddVersion with a taken id", corpus.Conflict, func(tx corpus.Tx) error { return tx.AddVersion(v2) })
	refused(t, s, "AddVersion to no document", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.AddVersion(corpus.Version{ID: corpus.NewID[corpus.VersionID](), Document: "none", Number: 1})
	})
	refused(t, s, "SaveVersion of none", corpus.NotFound, func(tx corpus.Tx) error {
		return tx.SaveVersion(corpus.Version{ID: "none", Document: doc.ID, Number: 7})
	})
	refused(t, s, "DropVersion of a complete version", corpus.Conflict, func(tx corpus.Tx) error { return tx.DropVersion(v2.ID) })
	refused(t, s, "DropVersion of none", corpus.NotFound, func(tx corpus.Tx) error { return tx.DropVersion("none") })
}

func testBlobs(t *testing.T, s corpus.Store) {
	for _, data := range [][]byte{[]byte("text\r\n\x00\xff"), {}, nil} {
		for range 2 {
			Update(t, s, func(tx corpus.Tx) error {
				hash, err := tx.AddBlob(data)
				equal(t, "AddBlob", hash, corpus.BlobHash(data))
				return err
			})
		}
		equal(t, "Blob", read(t, s, func(r corpus.Reader) ([]byte, error) { return r.Blob(corpus.BlobHash(data)) }), data)
	}
	lookup(t, s, "Blob of another hash", func(r corpus.Reader) ([]byte, error) { return r.Blob("none") })
}

// importing stores a version that is not ready, of a new document where doc is
// empty, with everything that can hang on one.
func importing(t *testing.T, s corpus.Store, p corpus.ProjectID, doc corpus.DocumentID, number int, files corpus.Pair) (corpus.Version, corpus.Unit, corpus.Revision) {
	t.Helper()
	v := corpus.Version{ID: corpus.NewID[corpus.VersionID](), Document: doc, Number: number, Created: Clock()}
	var u corpus.Unit
	var rev corpus.Revision
	Update(t, s, func(tx corpus.Tx) error {
		if doc == "" {
			v.Document = corpus.NewID[corpus.DocumentID]()
			if err := tx.AddDocument(corpus.Document{ID: v.Document, Project: p, Name: "importing " + string(v.ID), Created: Clock()}); err != nil {
				return err
			}
		}
		var err error
		if v.Source, err = addFile(tx, "s", files.Source); err != nil {
			return err
		}
		if v.Target, err = addFile(tx, "t", files.Target); err != nil {
			return err
		}
		var r corpus.Revision
		u, r = Unit(v, 0, corpus.Pair{Source: "国家", Target: "the importing state"})
		rev = r
		act := corpus.NewID[corpus.EventID]()
		w, prop := Wording(u, 1, "somebody", "the importing country", act)
		return first(
			tx.AddVersion(v), tx.AddUnit(u), tx.AddRevision(r), tx.AddRevision(w), tx.AddProposal(prop),
			tx.SaveFindings(r.ID, []corpus.Finding{{Check: "c", Key: "k"}}),
			tx.AddDecision(corpus.Decision{ID: corpus.NewID[corpus.DecisionID](), Unit: u.ID, Verb: corpus.Carry, Created: Clock(), Act: act}),
			tx.AddFlag(corpus.Flag{ID: corpus.NewID[corpus.FlagID](), Unit: u.ID, Revision: r.ID, Created: Clock(), Act: act}),
			tx.AddComment(corpus.Comment{ID: corpus.NewID[corpus.CommentID](), Unit: u.ID, Text: "x", Created: Clock(), Act: act}),
			tx.SaveDraft(corpus.Draft{Unit: u.ID, By: "somebody", Text: "d", Updated: Clock()}),
			tx.AddOverride(Override(v.ID, u.ID, corpus.OneUnit, act)),
			tx.AddCleaning(Cleaning(v.ID, u.ID, act)),
			tx.SaveUnit(u),
		)
	})
	return v, u, rev
}

func testDropVersion(t *testing.T, s corpus.Store) {
	p := Project("Drop")
	Update(t, s, func(tx corpus.Tx) error { return tx.AddProject(p) })
	v, u, rev := importing(t, s, p.ID, "", 1, corpus.Pair{Source: "only here, source", Target: "only here, target"})
	equal(t, "Search in a version that is not ready", len(read(t, s, func(r corpus.Reader) ([]corpus.Revision, error) { return r.Search(p.ID, "importing", 9) })), 0)
	Update(t, s, func(tx corpus.Tx) error { return tx.DropVersion(v.ID) })

	lookup(t, s, "Version after the drop", func(r corpus.Reader) (corpus.Version, error) { return r.Version(v.ID) })
	lookup(t, s, "Progress after the drop", func(r corpus.Reader) (corpus.Progress, error) { return r.Progress(v.ID) })
	lookup(t, s, "Document after the drop", func(r corpus.Reader) (corpus.Document, error) { return r.Document(v.Document) })
	lookup(t, s, "Unit after the drop", func(r corpus.Reader) (corpus.Unit, error) { return r.Unit(u.ID) })
	lookup(t, s, "Draft after the drop", func(r corpus.Reader) (corpus.Draft, error) { return r.Draft(u.ID, "somebody") })
	equal(t, "Overrides after the drop", len(read(t, s, func(r corpus.Reader) ([]corpus.Override, error) { return r.Overrides(v.ID) })), 0)
	equal(t, "Cleanings after the drop", len(read(t, s, func(r corpus.Reader) ([]corpus.Cleaning, error) { return r.Cleanings(v.ID) })), 0)
	lookup(t, s, "source after the drop", func(r corpus.Reader) ([]byte, error) { return r.Blob(v.Source.Hash) })
	lookup(t, s, "target after the drop", func(r corpus.Reader) ([]byte, error) { return r.Blob(v.Target.Hash) })
	equal(t, "Findings after the drop", len(read(t, s, func(r corpus.Reader) ([]corpus.Finding, error) { return r.Findings(rev.ID) })), 0)
	Update(t, s, func(tx corpus.Tx) error {
		unready, err := tx.Unready()
		equal(t, "Unready after the drop", len(unready), 0)
		return err
	})
	// What comes next is found again, though rows may take the places of the old.
	_, _, _, _ = SeedDocument(t, s, p.ID, "next.md", []corpus.Pair{{Source: "下一个", Target: "the next importing of grain"}})
	equal(t, "Search after the drop", len(read(t, s, func(r corpus.Reader) ([]corpus.Revision, error) { return r.Search(p.ID, "importing", 9) })), 1)
}

func testDropVersionKeepsOthers(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	source := string(read(t, s, func(r corpus.Reader) ([]byte, error) { return r.Blob(sample.Version.Source.Hash) }))
	v, _, _ := importing(t, s, sample.Project.ID, sample.Document.ID, 2, corpus.Pair{Source: source, Target: "new target"})
	Update(t, s, func(tx corpus.Tx) error { return tx.DropVersion(v.ID) })

	equal(t, "Versions", read(t, s, func(r corpus.Reader) ([]corpus.Version, error) { return r.Versions(sample.Document.ID) }), []corpus.Version{sample.Version})
	equal(t, "Document", read(t, s, func(r corpus.Reader) (corpus.Document, error) { return r.Document(sample.Document.ID) }), sample.Document)
	equal(t, "source that is still used", string(read(t, s, func(r corpus.Reader) ([]byte, error) { return r.Blob(sample.Version.Source.Hash) })), source)
	lookup(t, s, "target that is not used any more", func(r corpus.Reader) ([]byte, error) { return r.Blob(v.Target.Hash) })
	equal(t, "Units", len(read(t, s, func(r corpus.Reader) ([]corpus.Unit, error) {
		return r.Units(sample.Version.ID, corpus.Filter{}, 0, 100)
	})), len(sample.Units))
}
