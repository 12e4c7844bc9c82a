package workflow

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
)

// Imported is what became of a delivery.
type Imported struct {
	Document  corpus.Document
	Version   corpus.Version
	Units     int
	Findings  int
	Warnings  []string
	Unchanged bool    // the very same files were there already; nothing was stored
	Preview   Preview // of a new version: what became of the work on the one before
}

// importSlice is how many units are stored in one update, so that the saves of
// others wait a moment at the most.
const importSlice = 256

// Import stores a delivery as a new document, or as a new version of one. It
// shows up when it is complete: a failed or cancelled import leaves nothing. A
// name that is taken gets a number.
func (d *Desk) Import(ctx context.Context, user corpus.UserID, project corpus.ProjectID, in Delivery, step func(Step)) (Imported, error) {
	if step == nil {
		step = func(Step) {}
	}
	p, err := d.projectFor(ctx, user, project, corpus.Import)
	if err != nil {
		return Imported{}, err
	}
	in = in.bothSides()
	if err := d.complete(ctx, &in); err != nil {
		return Imported{}, err
	}
	if done, ok, err := d.known(ctx, p, in); ok || err != nil {
		return done, err
	}
	regime, err := d.regimeOf(ctx, p)
	if err != nil {
		return Imported{}, err
	}
	ready, err := d.prepare(ctx, regime, in, step)
	if err != nil {
		return Imported{}, err
	}
	if ready.review != nil {
		return d.restoreReview(ctx, user, p, ready, step)
	}
	out := Imported{Units: len(ready.units), Warnings: ready.warnings}
	if len(ready.units) == 0 {
		out.Warnings = append(out.Warnings, "there is no text in it to review")
	}
	for _, f := range ready.findings {
		for _, x := range f {
			if x.Severity > corpus.Neutral {
				out.Findings++
			}
		}
	}
	event := corpus.NewID[corpus.EventID]()
	if err := d.begin(ctx, user, p, ready, &out); err != nil {
		return Imported{}, err
	}
	err = d.storeUnits(ctx, ready, out.Version, event, step)
	if err == nil {
		err = d.finish(ctx, user, p, ready, event, &out)
	}
	if err != nil {
		// The caller's context may be what ended the import; the clean-up must not
		// end with it.
		drop := d.store.Update(context.WithoutCancel(ctx), func(tx corpus.Tx) error { return tx.DropVersion(out.Version.ID) })
		return Imported{}, errors.Join(err, drop)
	}
	return out, nil
}

// projectFor returns a project in which the user may use the verb.
func (d *Desk) projectFor(ctx context.Context, user corpus.UserID, id corpus.ProjectID, verb corpus.Verb) (corpus.Project, error) {
	var p corpus.Project
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		if p, err = r.Project(id); err != nil {
			return err
		}
		_, err = allowed(r, p, user, verb)
		return err
	})
	return p, err
}

// known reports whether the very same files are there under this name already.
func (d *Desk) known(ctx context.Context, p corpus.Project, in Delivery) (Imported, bool, error) {
	var out Imported
	err := d.store.View(ctx, func(r corpus.Reader) error {
		var err error
		if in.VersionOf != "" {
			out.Document, err = r.Document(in.VersionOf)
			if err == nil && out.Document.Project != p.ID {
				return corpus.Errorf(corpus.NotFound, "the document is not of this project")
			}
		} else {
			out.Document, err = r.DocumentByName(p.ID, in.Name)
		}
		if err != nil {
			return err
		}
		if out.Version, err = r.Version(out.Document.Current); err != nil {
			return err
		}
		progress, err := r.Progress(out.Version.ID)
		out.Units = progress.Units
		return err
	})
	switch {
	case err != nil && corpus.KindOf(err) == corpus.NotFound && in.VersionOf == "":
		return d.receivedBefore(ctx, p, in)
	case err != nil:
		return Imported{}, false, err
	}
	out.Unchanged = out.Version.Source.Hash == hashOf(in.Source) && out.Version.Target.Hash == hashOf(in.Target) && (out.Version.Target.Shared != "") == in.Shared &&
		sameReading(out.Version.Source, in.Source) && sameReading(out.Version.Target, in.Target)
	if !out.Unchanged && in.VersionOf == "" {
		return d.receivedBefore(ctx, p, in)
	}
	return out, out.Unchanged, nil
}

// receivedBefore reports whether the files are, by name and byte for byte, those
// of any version of a document of the project: it would come in twice.
func (d *Desk) receivedBefore(ctx context.Context, p corpus.Project, in Delivery) (out Imported, ok bool, err error) {
	same := func(f corpus.File, in *Received) bool {
		return f.Hash == hashOf(in) && (in == nil || f.Name == in.Name && sameReading(f, in))
	}
	err = d.store.View(ctx, func(r corpus.Reader) error {
		docs, err := r.Documents(p.ID)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			versions, err := r.Versions(doc.ID)
			if err != nil {
				return err
			}
			for _, v := range versions {
				if ok || !same(v.Source, in.Source) || !same(v.Target, in.Target) || (v.Target.Shared != "") != in.Shared {
					continue
				}
				progress, err := r.Progress(v.ID)
				if err != nil {
					return err
				}
				out, ok = Imported{Document: doc, Version: v, Units: progress.Units, Unchanged: true}, true
			}
		}
		return nil
	})
	return out, ok, err
}

// sameReading reports whether a file would be read as it was, as far as the choice
// that comes with it says.
func sameReading(f corpus.File, in *Received) bool {
	if in == nil {
		return true
	}
	o := exchange.OptionsOf(f)
	return (in.Lines == exchange.LinesDecided || in.Lines == o.Lines) && (in.Encoding == "" || in.Encoding == o.Encoding)
}

func hashOf(f *Received) string {
	if f == nil {
		return ""
	}
	return corpus.BlobHash(f.Data)
}

// begin stores the files and a version that is not ready yet.
func (d *Desk) begin(ctx context.Context, user corpus.UserID, p corpus.Project, in *prepared, out *Imported) error {
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		v := corpus.Version{ID: corpus.NewID[corpus.VersionID](), Number: 1, Engine: in.delivery.Engine, Label: in.delivery.Label, Created: d.clock(), By: user}
		var doc corpus.Document
		var err error
		if in.delivery.VersionOf != "" {
			if doc, err = tx.Document(in.delivery.VersionOf); err != nil {
				return err
			}
			if err := sameFormat(doc, in.format); err != nil {
				return err
			}
			if v.Number, err = passingNumber(tx, doc.ID); err != nil {
				return err
			}
		} else {
			// The name is taken at the end: an import that was killed holds none.
			doc = corpus.Document{ID: corpus.NewID[corpus.DocumentID](), Project: p.ID, Format: in.format.ID, Created: v.Created}
			if _, err = freeName(tx, p.ID, in.delivery.Name); err != nil {
				return err
			}
			doc.Name = "importing " + string(doc.ID)
			if err := tx.AddDocument(doc); err != nil {
				return err
			}
		}
		v.Document = doc.ID
		if v.Source, err = addFile(tx, in.format, in.delivery.Source, in.source != nil && in.source.Mode == modeHard); err != nil {
			return err
		}
		if v.Target, err = addFile(tx, in.format, in.delivery.Target, in.target != nil && in.target.Mode == modeHard); err != nil {
			return err
		}
		if in.delivery.Shared {
			v.Source.Shared, v.Target.Shared = sharedTags(p), sharedTags(p)
		}
		out.Document, out.Version = doc, v
		return tx.AddVersion(v)
	})
}

// passingNumber returns a number that no version of the document has, for one
// that is not ready; below 0, since another may become the next meanwhile.
func passingNumber(tx corpus.Tx, doc corpus.DocumentID) (int, error) {
	list, err := tx.Unready()
	number := -1
	for _, v := range list {
		if v.Document == doc {
			number = min(number, v.Number-1)
		}
	}
	return number, err
}

// modeHard is how the plain text syntax says that each line is a paragraph.
const modeHard = "hard"

func addFile(tx corpus.Tx, format exchange.Format, f *Received, hard bool) (corpus.File, error) {
	if f == nil {
		return corpus.File{}, nil
	}
	hash, err := tx.AddBlob(f.Data)
	if err != nil {
		return corpus.File{}, err
	}
	file := corpus.File{Name: f.Name, Hash: hash, Size: int64(len(f.Data)), Hard: hard, Chosen: f.Lines != exchange.LinesDecided, Encoding: storedEncoding(format, f)}
	return file, file.Validate()
}

// storedEncoding is what is kept of the encoding in which a file was read.
func storedEncoding(format exchange.Format, f *Received) string {
	if e := format.Resolved(f.Data, exchange.Options{Encoding: f.Encoding}).Encoding; e != charset.UTF8 {
		return string(e)
	}
	return ""
}

// freeName returns the name, with a number where it is taken.
func freeName(r corpus.Reader, project corpus.ProjectID, name string) (string, error) {
	if strings.TrimSpace(name) == "" {
		return "", corpus.Errorf(corpus.Invalid, "a document needs a name")
	}
	ext := path.Ext(name)
	for n, free := 1, name; ; n++ {
		_, err := r.DocumentByName(project, free)
		if err != nil && corpus.KindOf(err) == corpus.NotFound {
			return free, nil
		}
		if err != nil {
			return "", err
		}
		free = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n+1, ext)
	}
}

// storeUnits writes the units in slices, each with its first revision and
// findings.
func (d *Desk) storeUnits(ctx context.Context, in *prepared, v corpus.Version, act corpus.EventID, step func(Step)) error {
	for start := 0; start < len(in.units); start += importSlice {
		step(Step{"store", start, len(in.units)})
		err := d.store.Update(ctx, func(tx corpus.Tx) error {
			for i := start; i < min(start+importSlice, len(in.units)); i++ {
				if err := addUnit(tx, &in.units[i], in.findings[i], v, act); err != nil {
					return err
				}
			}
			v.Created = d.clock()
			return tx.SaveVersion(v) // a sign of life, see Sweep
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// addUnit stores a unit with what the machine said.
func addUnit(tx corpus.Tx, u *corpus.Unit, findings []corpus.Finding, v corpus.Version, act corpus.EventID) error {
	u.Version, u.Document = v.ID, v.Document
	zero := machineRevision(*u, v, act)
	u.Summary.Current, u.Summary.Latest = zero.ID, zero.ID
	if err := tx.AddUnit(*u); err != nil {
		return err
	}
	if err := tx.AddRevision(zero); err != nil {
		return err
	}
	if len(findings) == 0 {
		return nil
	}
	return tx.SaveFindings(zero.ID, findings)
}

// machineRevision is revision 0 of a unit: what the version's file says.
func machineRevision(u corpus.Unit, v corpus.Version, act corpus.EventID) corpus.Revision {
	return corpus.Revision{ID: corpus.NewID[corpus.RevisionID](), Unit: u.ID, Text: u.Text.Target, Origin: corpus.FromMachine, Created: v.Created, Act: act}
}

// finish makes the version visible, carries over what people did to the one
// before, and logs the import.
func (d *Desk) finish(ctx context.Context, user corpus.UserID, p corpus.Project, in *prepared, event corpus.EventID, out *Imported) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return d.store.Update(ctx, func(tx corpus.Tx) error {
		actor, err := allowed(tx, p, user, corpus.Import)
		if err != nil {
			return err
		}
		doc, err := tx.Document(out.Document.ID)
		if err != nil {
			return err
		}
		if doc.Current == "" {
			if doc.Name, err = freeName(tx, p.ID, in.delivery.Name); err != nil {
				return err
			}
		} else {
			versions, err := tx.Versions(doc.ID)
			if err != nil {
				return err
			}
			out.Version.Number = versions[len(versions)-1].Number + 1
			if out.Preview, err = d.carryOver(tx, p, doc, in, out.Version, event); err != nil {
				return err
			}
			out.Units, out.Warnings = out.Preview.units(), append(slices.Clone(in.warnings), out.Preview.Lost[len(in.shape.lost):]...)
		}
		out.Version.Ready, out.Version.Created = true, d.clock()
		if err := tx.SaveVersion(out.Version); err != nil {
			return err
		}
		doc.Current = out.Version.ID
		out.Document = doc
		if err := tx.SaveDocument(doc); err != nil {
			return err
		}
		return d.logAs(tx, event, actor.User, corpus.DocumentChain(doc.ID), corpus.Import, map[string]any{
			"document": doc.ID, "name": doc.Name, "version": out.Version.ID, "number": out.Version.Number, "units": out.Units,
			"source": out.Version.Source.Hash, "target": out.Version.Target.Hash, "engine": out.Version.Engine, "label": out.Version.Label,
			"fates": out.Preview.Counts, "kept": out.Preview.Kept, "lost": len(out.Preview.Lost),
		})
	})
}

// abandoned is how long an import gives no sign of life before it counts as
// killed; another process may be importing at this moment.
const abandoned = 10 * time.Minute

// Sweep removes what imports that were killed have left; it is called once at
// start. It returns how many there were.
func (d *Desk) Sweep(ctx context.Context) (int, error) {
	var dead []corpus.VersionID
	err := d.store.Update(ctx, func(tx corpus.Tx) error {
		dead = nil
		list, err := tx.Unready()
		if err != nil {
			return err
		}
		for _, v := range list {
			if d.clock().Sub(v.Created) < abandoned {
				continue
			}
			if err := tx.DropVersion(v.ID); err != nil {
				return err
			}
			dead = append(dead, v.ID)
		}
		return nil
	})
	return len(dead), err
}
