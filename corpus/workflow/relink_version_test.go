package workflow

import (
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestRepairOutlivesVersion repairs links, and takes a new run and then a changed
// source: what was repaired stays, or a warning says that it does not.
func TestRepairOutlivesVersion(t *testing.T) {
	run := strings.NewReplacer("tells of", "speaks of").Replace(pairTarget)
	source := strings.NewReplacer("第五句讲水利", "第五句讲水利和防汛").Replace(pairSource)
	test := func(name, want string, warned bool, repair func(b *bench) error) {
		t.Run(name, func(t *testing.T) {
			b := pairBench(t)
			b.must(repair(b))
			repaired := b.table()
			for i, files := range [][2]string{{pairSource, run}, {source, run}} {
				in := delivery(b.doc.Name, files[0], files[1])
				in.VersionOf = b.doc.ID
				out, err := b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
				b.must(err)
				if got := b.table(); got != want {
					t.Errorf("version %d pairs %s, want %s (repaired: %s); warnings %q", i+2, got, want, repaired, out.Warnings)
				}
				if i == 0 && warned != (len(out.Warnings) > 0) {
					t.Errorf("warnings of version %d: %q", i+2, out.Warnings)
				}
			}
			b.audit()
		})
	}
	test("shift", "1- 2-12 3-3 4-4 5-5", false, func(b *bench) error {
		_, err := b.desk.Shift(ctx, b.lin, b.unit(b.doc.ID, "第一"), corpus.TargetSide, false)
		return err
	})
	test("unlink", "1-1 2-2 3- -3 4-4 5-5", false, func(b *bench) error {
		_, err := b.desk.Unlink(ctx, b.lin, b.unit(b.doc.ID, "第三"))
		return err
	})
	// An alignment does not cross: one of the two pairs stands, and the other is
	// given up with a warning, its halves beside it for whoever looks.
	test("cross", "-1 1-2 2- 3-3 4-4 5-5", true, func(b *bench) error {
		_, err := b.desk.Cross(ctx, b.lin, b.unit(b.doc.ID, "第一"))
		return err
	})
	test("pin", "1-1 -2 2-3 3- 4-4 5-5", false, func(b *bench) error {
		_, err := b.desk.Pin(ctx, b.lin, b.unit(b.doc.ID, "第二"), b.unit(b.doc.ID, "第三"))
		return err
	})
	test("undone", "1-1 2-2 3-3 4-4 5-5", false, func(b *bench) error {
		_, err := b.desk.Shift(ctx, b.lin, b.unit(b.doc.ID, "第一"), corpus.TargetSide, false)
		b.must(err)
		b.back(b.lin)
		return nil
	})
}

// TestUndoneBehindVersion refuses to take a repair back when a version came
// since: the units it touched are of the one before.
func TestUndoneBehindVersion(t *testing.T) {
	b := pairBench(t)
	_, err := b.desk.Shift(ctx, b.lin, b.unit(b.doc.ID, "第一"), corpus.TargetSide, false)
	b.must(err)
	b.again(pairSource, strings.ReplaceAll(pairTarget, "tells of", "speaks of"))
	before := b.table()
	if _, err = b.desk.Undo(ctx, b.lin, b.doc.ID); err == nil {
		t.Error("a repair of an earlier version was taken back")
	}
	if got := b.table(); got != before {
		t.Errorf("a refused undo left %s, want %s", got, before)
	}
	b.audit()
}
