package workflow

import (
	"context"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// othersIn leaves out what people of ours marked: their changes and comments went
// out with the file.
func othersIn(marked map[int]exchange.Marked, ours map[string]bool) map[int]exchange.Marked {
	out := map[int]exchange.Marked{}
	for i, m := range marked {
		out[i] = exchange.Marked{
			Authors:  slices.DeleteFunc(slices.Clone(m.Authors), func(a string) bool { return ours[a] }),
			Comments: slices.DeleteFunc(slices.Clone(m.Comments), func(c exchange.MarkedComment) bool { return ours[c.Author] }),
		}
	}
	return out
}

// remark notes who changed a block, and what was remarked on it.
func (r *ReturnedFile) remark(b exportedBlock, m exchange.Marked) {
	for k, p := range b.parts {
		for _, a := range m.Authors {
			if !slices.Contains(p.unit.by, a) {
				p.unit.by = append(p.unit.by, a)
			}
		}
		if k > 0 {
			continue
		}
		for _, c := range m.Comments {
			r.Comments = append(r.Comments, ReturnedComment{p.unit.rec.Unit.ID, p.unit.number, c.Author, c.Text})
		}
	}
}

// text is a comment as it is kept, with the name of its author, who may have no
// account.
func (c ReturnedComment) text(file string) string {
	text := c.Author + " (" + file + "): " + c.Text
	if len(text) > maxComment {
		n := maxComment
		for n > 0 && text[n]&0xC0 == 0x80 {
			n--
		}
		text = text[:n]
	}
	return text
}

// newComments leaves out the comments that are there already.
func (d *Desk) newComments(ctx context.Context, list []ReturnedComment) ([]ReturnedComment, error) {
	var out []ReturnedComment
	err := d.store.View(ctx, func(r corpus.Reader) error {
		for _, c := range list {
			known, err := r.Comments(c.Unit)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(known, func(k corpus.Comment) bool { return strings.HasSuffix(k.Text, "): "+c.Text) }) {
				out = append(out, c)
			}
		}
		return nil
	})
	return out, err
}

// returnedComment adds a comment of somebody who wrote it into the file.
func (a *act) returnedComment(c ReturnedComment, file string) error {
	rec := a.records[c.Unit]
	if err := a.check(corpus.Write, corpus.Object{State: rec.State()}); err != nil {
		return err
	}
	comment := corpus.Comment{ID: corpus.NewID[corpus.CommentID](), Unit: c.Unit, By: a.actor.User.ID, Text: c.text(file), Created: a.at, Act: a.id}
	rec.Comments++
	a.row("comment", string(comment.ID), corpus.BlobHash([]byte(comment.Text)))
	return a.tx.AddComment(comment)
}
