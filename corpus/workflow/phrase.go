package workflow

import (
	"context"
	"slices"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check/phrases"
)

// PhraseCheck is the check that the list of set phrases feeds.
const PhraseCheck = "phrase.calque"

// SwitchPhrase switches a set phrase off in the project, or on again, and reports
// whether that changed anything: then Recheck with the phrase brings the findings
// that stand already up to date. An id that the list does not have is NotFound.
func (d *Desk) SwitchPhrase(ctx context.Context, user corpus.UserID, project corpus.ProjectID, id string, off bool) (changed bool, err error) {
	if _, ok := phrases.Builtin().ByID(id); !ok {
		return false, corpus.Errorf(corpus.NotFound, "the list of phrases has no %q", id)
	}
	err = d.manage(ctx, user, project, func(tx corpus.Tx, p corpus.Project, actor corpus.User) error {
		at, is := slices.BinarySearch(p.Settings.OffPhrases, id)
		if changed = is != off; !changed {
			return nil
		}
		list := slices.Clone(p.Settings.OffPhrases)
		if off {
			list = slices.Insert(list, at, id)
		} else {
			list = slices.Delete(list, at, at+1)
		}
		p.Settings.OffPhrases = list
		if err := tx.SaveProject(p); err != nil {
			return err
		}
		return d.log(tx, actor, corpus.ProjectChain(project), corpus.Manage, map[string]any{"phrase": id, "off": off})
	})
	return changed && err == nil, err
}
