package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

func showCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show DOCUMENT [UNIT…]",
		Short: "List the units of a document, or show some with all that was done to them",
		Long: `Show prints a line for each unit in reading order: its number, its state, its open
flags and findings, and the wording that stands. With units it shows each whole:
the source, every wording, its flags with their ids, and what was decided and why.
` + unitHelp,
		Example: "  reviseur show briefing.md\n  reviseur show briefing.md --state returned\n  reviseur show briefing.md 7",
		Args:    atLeast(1, "a document and perhaps units"),
	}
	project := projectFlag(cmd)
	state := cmd.Flags().String("state", "", "only units in this state: machine, proposed, returned, approved, final, stale")
	asJSON := cmd.Flags().Bool("json", false, "print a JSON object a unit")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return a.with(ctx, func(s *session) error {
			t, err := s.target(ctx, *project, args[0], args[1:])
			if err != nil {
				return err
			}
			if len(t.units) > 0 {
				return a.showUnits(ctx, s, t.units)
			}
			only := corpus.Filter{}
			if *state != "" {
				st, err := corpus.ParseState(*state)
				if err != nil {
					return err
				}
				only.States = []corpus.State{st}
			}
			return a.listUnits(ctx, s, t.doc, only, *asJSON)
		})
	}
	return cmd
}

// listed is a line of show --json.
type listed struct {
	Number   int           `json:"number"`
	Unit     corpus.UnitID `json:"unit"`
	State    string        `json:"state"`
	Flags    int           `json:"flags"`
	Findings int           `json:"findings"`
	Waiting  int           `json:"waiting"`
	Doubtful bool          `json:"doubtful,omitempty"`
	Source   string        `json:"source"`
	Wording  string        `json:"wording"`
}

func (a *app) listUnits(ctx context.Context, s *session, doc corpus.Document, only corpus.Filter, asJSON bool) error {
	return s.desk.View(ctx, func(r corpus.Reader) error {
		number := 0
		for rec, err := range r.Records(doc.Current) {
			if err != nil {
				return err
			}
			number++
			u := rec.Unit
			if len(only.States) > 0 && u.Summary.State != only.States[0] {
				continue
			}
			line := listed{number, u.ID, u.Summary.State.String(), u.Summary.Flags, u.Summary.Findings, u.Summary.Pending, u.Bead.Status == corpus.BeadDoubtful, layout.Show(u.Text.Source), layout.Show(rec.Current().Text)}
			if asJSON {
				if err := printJSON(a.Out, line); err != nil {
					return err
				}
				continue
			}
			signs := ""
			if line.Flags > 0 {
				signs += "  " + many(line.Flags, "flag")
			}
			if line.Findings > 0 {
				signs += "  " + many(line.Findings, "finding")
			}
			if line.Waiting > 0 {
				signs += "  " + many(line.Waiting, "proposal") + " waiting"
			}
			fmt.Fprintf(a.Out, "%4d  %-8s  %s%s\n", number, line.State, wordingOf(u, rec.Current().Text), signs)
		}
		return nil
	})
}

// showUnits prints units with all that was done to them.
func (a *app) showUnits(ctx context.Context, s *session, units []corpus.Unit) error {
	return s.desk.View(ctx, func(r corpus.Reader) error {
		for _, u := range units {
			rec, err := r.Record(u.ID)
			if err != nil {
				return err
			}
			number, err := r.UnitNumber(u.ID)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.Out, "%d  %s\n    source: %s\n", number, rec.State(), layout.Show(u.Text.Source))
			for _, rev := range rec.Revisions {
				if rev.Undone {
					continue
				}
				fmt.Fprintf(a.Out, "    wording %d, %s: %s\n", rev.Number, rev.Origin, shown(rev.Text))
				if rev.Verdict.Bad {
					fmt.Fprintf(a.Out, "        cannot be written into the file: %s\n", rev.Verdict.Reason)
				}
			}
			for _, f := range rec.Flags {
				if !f.Undone {
					fmt.Fprintf(a.Out, "    flag %s, %s, %s: %s%s %s\n", f.ID, f.Category, f.Severity, quoted(f.Source), quoted(f.Target), rec.FlagStatus(f))
				}
			}
			for _, d := range rec.Decisions {
				if d.Undone || d.Flag != "" {
					continue
				}
				rev, _ := rec.Revision(d.Revision)
				reason := ""
				if d.Reason != "" {
					reason = ": " + d.Reason
				}
				fmt.Fprintf(a.Out, "    wording %d %s by %s%s\n", rev.Number, done(d), signature(d), reason)
			}
		}
		return nil
	})
}

func quoted(m corpus.Mark) string {
	if !m.Present() {
		return ""
	}
	return "“" + layout.Show(m.Quote) + "”"
}

// done says a decision as what was done.
func done(d corpus.Decision) string {
	if d.InPart() {
		return "approved in part only"
	}
	words := map[corpus.Verb]string{
		corpus.Approve: "approved", corpus.Countersign: "countersigned", corpus.Accept: "accepted as it stands", corpus.Carry: "carried over, approved",
		corpus.Return: "returned", corpus.Decline: "declined", corpus.Withdraw: "withdrawn", corpus.Supersede: "superseded", corpus.Reopen: "reopened",
	}
	if w, ok := words[d.Verb]; ok {
		return w
	}
	return string(d.Verb)
}

// shown is a wording as it is printed: an empty one is a deletion.
func shown(text string) string {
	if text == "" {
		return "(deleted)"
	}
	return layout.Show(text)
}

// wordingOf is the wording of a unit as it is listed. Nothing where the machine
// left the sentence out is no deletion.
func wordingOf(u corpus.Unit, text string) string {
	if text == "" && len(u.Target) == 0 {
		return "(left out)"
	}
	return shown(text)
}

// many says a number of things.
func many(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
