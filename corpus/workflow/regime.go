package workflow

import (
	"context"
	"sync"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/check"
)

// regime is what a project's units are checked by: the checks that it left on,
// how they weigh, and its glossary. It is immutable, and shared by all units.
type regime struct {
	project corpus.Project
	policy  check.Policy
	checks  []*check.Check
	terms   *check.Termbase
}

// regimeCache keeps the compiled glossaries of the projects last used. A change
// of the glossary is a new edition, whoever made it, so nothing old is used.
type regimeCache struct {
	mu    sync.Mutex
	terms map[corpus.ProjectID]compiled
}

type compiled struct {
	edition        int64
	source, target string
	terms          *check.Termbase
}

// regimesKept bounds the cache; beyond it all is compiled anew.
const regimesKept = 16

// regime returns what the project's units are checked by now.
func (d *Desk) regime(r corpus.Reader, p corpus.Project) (*regime, error) {
	g := &regime{project: p, policy: policyOf(p.Settings)}
	g.checks = g.policy.Checks()
	state, err := r.Termbase(p.ID)
	if err != nil || state.Edition == 0 {
		return g, err
	}
	want := compiled{edition: state.Edition, source: p.Source.String(), target: p.Target.String()}
	d.regimes.mu.Lock()
	have, ok := d.regimes.terms[p.ID]
	d.regimes.mu.Unlock()
	if want.terms = have.terms; ok && have == want {
		g.terms = have.terms
		return g, nil
	}
	terms, err := allTerms(r, p.ID)
	if err != nil {
		return g, err
	}
	want.terms = nil
	if len(terms) > 0 {
		want.terms = check.NewTermbase(terms, p.Source, p.Target)
	}
	g.terms = want.terms
	d.regimes.mu.Lock()
	defer d.regimes.mu.Unlock()
	if d.regimes.terms == nil || len(d.regimes.terms) >= regimesKept {
		d.regimes.terms = map[corpus.ProjectID]compiled{}
	}
	d.regimes.terms[p.ID] = want
	return g, nil
}

// regimeOf is regime in a view of its own.
func (d *Desk) regimeOf(ctx context.Context, p corpus.Project) (*regime, error) {
	var g *regime
	err := d.store.View(ctx, func(r corpus.Reader) (err error) {
		g, err = d.regime(r, p)
		return err
	})
	return g, err
}

func policyOf(s corpus.Settings) check.Policy {
	return check.Policy{Off: s.OffChecks, Lowered: s.LoweredChecks}
}

// input is a unit's wording as the checks read it.
func (g *regime) input(u corpus.Unit, text string, before, after corpus.Unit) check.Input {
	return check.Input{
		Source: u.Text.Source, Target: text, SourceLang: g.project.Source, TargetLang: g.project.Target, Kind: u.Kind(),
		Previous: before.Text.Target, Next: after.Text.Target, Terms: g.terms,
		OffPhrases: g.project.Settings.OffPhrases, Margin: u.Bead.Margin,
	}
}

// run runs checks on one unit. One that broke down leaves a neutral finding that
// says so.
func (g *regime) run(in check.Input, checks []*check.Check) []corpus.Finding {
	result := check.Run(in, checks)
	g.policy.Weigh(result.Findings)
	return result.Findings
}

// runDocument does the same with the checks of whole documents; what they found
// is returned by unit.
func (g *regime) runDocument(inputs []check.Input, checks []*check.Check) [][]corpus.Finding {
	result := check.RunDocument(inputs, checks)
	found := make([][]corpus.Finding, len(inputs))
	for _, f := range result.Findings {
		one := []corpus.Finding{f.Finding}
		g.policy.Weigh(one)
		found[f.Unit] = append(found[f.Unit], one[0])
	}
	return found
}

// termPage is how many terms are read at a time.
const termPage = 1000

// allTerms reads a whole glossary, in its order.
func allTerms(r corpus.Reader, p corpus.ProjectID) ([]corpus.Term, error) {
	var all []corpus.Term
	for after := corpus.TermID(""); ; {
		page, err := r.Terms(p, "", after, termPage)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < termPage {
			return all, nil
		}
		after = page[len(page)-1].ID
	}
}
