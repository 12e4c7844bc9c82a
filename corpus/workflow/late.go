package workflow

import (
	"context"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// complete adds to a new version the side that was not delivered, as the version
// before has it: a new run often comes without the source it was made from, and
// a source that comes later without the translation. A file for both sides is
// complete.
func (d *Desk) complete(ctx context.Context, in *Delivery) error {
	var err error
	if *in, err = in.shared(); err != nil {
		return err
	}
	if in.VersionOf == "" || in.Source != nil && in.Target != nil {
		return nil
	}
	return d.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(in.VersionOf)
		if err != nil {
			return err
		}
		v, err := r.Version(doc.Current)
		if err != nil {
			return err
		}
		for _, side := range []struct {
			file corpus.File
			to   **Received
		}{{v.Source, &in.Source}, {v.Target, &in.Target}} {
			if *side.to != nil || !side.file.Present() || side.file.Shared != "" {
				continue
			}
			data, err := r.Blob(side.file.Hash)
			if err != nil {
				return err
			}
			o := exchange.OptionsOf(side.file)
			*side.to = &Received{Name: side.file.Name, Data: data, Lines: o.Lines, Encoding: o.Encoding}
		}
		return nil
	})
}
