package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/workflow"
	"github.com/reviseur/reviseur/segmenter/layout"
)

const statusHelp = `Status prints a line for each document, its units by state:
machine    nobody has answered for it yet
stale      approved once; then a text changed, or only a part was approved
returned   a reviewer asked for a change
proposed   a wording, or "read, no change", waits for a second person
approved   a second person answers for it
final      approved, and in a release
Flags are those that are open, major those of them that are major or critical,
findings what the checks found and nobody dismissed in the newest wordings, and
waiting the proposals without a decision, on approved units as well.`

func statusCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "Say how far the documents of a project are",
		Long:    statusHelp,
		Example: "  reviseur status --project harbour\n  reviseur status --json | jq .states",
		Args:    exactly(0, "no arguments"),
	}
	project := projectFlag(cmd)
	asJSON := cmd.Flags().Bool("json", false, "print a JSON object a document")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			list, err := s.desk.Status(ctx, s.user.ID, p.ID)
			if err != nil {
				return err
			}
			if *asJSON {
				for _, st := range list {
					if err := printJSON(a.Out, statusJSON(st)); err != nil {
						return err
					}
				}
				return nil
			}
			if len(list) == 0 {
				fmt.Fprintf(a.Err, "%s has no documents yet; reviseur import takes some in\n", p.Name)
				return nil
			}
			return printStatus(a.Out, list)
		})
	}
	return cmd
}

// printStatus prints a table with a line for each document.
func printStatus(out io.Writer, list []workflow.Standing) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "document\tversion\tunits")
	for _, state := range corpus.States() {
		fmt.Fprintf(w, "\t%s", state)
	}
	fmt.Fprintln(w, "\tflags\tmajor\tfindings\twaiting")
	for _, st := range list {
		g := st.Progress
		fmt.Fprintf(w, "%s\t%d\t%d", st.Document.Name, st.Version.Number, g.Units)
		for _, n := range g.States {
			fmt.Fprintf(w, "\t%d", n)
		}
		fmt.Fprintf(w, "\t%d\t%d\t%d\t%d\n", g.Flags, g.Major, g.Findings, g.Pending)
	}
	return w.Flush()
}

// documentStatus is a line of status --json.
type documentStatus struct {
	Document string            `json:"document"`
	ID       corpus.DocumentID `json:"id"`
	Version  int               `json:"version"`
	Units    int               `json:"units"`
	States   map[string]int    `json:"states"`
	Flags    int               `json:"flags"`
	Major    int               `json:"major_flags"`
	Findings int               `json:"findings"`
	Doubtful int               `json:"doubtful"`
	Waiting  int               `json:"waiting"`
}

func statusJSON(st workflow.Standing) documentStatus {
	g := st.Progress
	out := documentStatus{st.Document.Name, st.Document.ID, st.Version.Number, g.Units, map[string]int{}, g.Flags, g.Major, g.Findings, g.Doubtful, g.Pending}
	for state, n := range g.States {
		out.States[corpus.State(state).String()] = n
	}
	return out
}

// queueLimit is how many units the queue prints at most.
const queueLimit = 1000

func queueCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "queue",
		Short:   "List the proposals that wait for a decision",
		Long:    "Queue prints the units with pending proposals, those that have waited longest\nfirst: the source, and each proposal against the wording that stands.",
		Example: "  reviseur queue --project harbour --as reviewer",
		Args:    exactly(0, "no arguments"),
	}
	project := projectFlag(cmd)
	asJSON := cmd.Flags().Bool("json", false, "print a JSON object a proposal")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		return a.withProject(ctx, *project, func(s *session, p corpus.Project) error {
			list, err := s.desk.Queue(ctx, s.user.ID, p.ID, queueLimit)
			if err != nil {
				return err
			}
			for _, w := range list {
				if err := a.printWaiting(w, *asJSON); err != nil {
					return err
				}
			}
			if len(list) == 0 && !*asJSON {
				fmt.Fprintln(a.Err, "nothing waits")
			}
			return nil
		})
	}
	return cmd
}

// waiting is a line of queue --json.
type waiting struct {
	Document string        `json:"document"`
	Number   int           `json:"number"`
	Unit     corpus.UnitID `json:"unit"`
	Revision int           `json:"revision"`
	NoChange bool          `json:"no_change,omitempty"`
	Own      bool          `json:"own,omitempty"`
	Source   string        `json:"source"`
	Stands   string        `json:"stands"`
	Proposed string        `json:"proposed"`
	Note     string        `json:"note,omitempty"`
	Refused  string        `json:"refused,omitempty"`
	Flags    int           `json:"flags,omitempty"`
}

func (a *app) printWaiting(w workflow.Waiting, asJSON bool) error {
	stands := w.Record.Current().Text
	for _, p := range w.Record.Pending() {
		rev, _ := w.Record.Revision(p.Revision)
		line := waiting{w.Document.Name, w.Number, w.Record.Unit.ID, rev.Number, p.NoChange, w.Own, layout.Show(w.Record.Unit.Text.Source), layout.Show(stands), layout.Show(rev.Text), rev.Note, rev.Verdict.Reason, len(w.Record.OpenFlags())}
		if asJSON {
			if err := printJSON(a.Out, line); err != nil {
				return err
			}
			continue
		}
		what := inlineDiff(stands, rev.Text)
		if p.NoChange {
			what = "read, no change: " + layout.Show(stands)
		}
		fmt.Fprintf(a.Out, "%s %d, wording %d\n    %s\n    %s\n", line.Document, line.Number, line.Revision, line.Source, what)
		if line.Note != "" {
			fmt.Fprintf(a.Out, "    note: %s\n", line.Note)
		}
	}
	return nil
}
