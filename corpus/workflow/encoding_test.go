package workflow

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/corpus/exchange/charset"
)

func (b *bench) encoded(e charset.Encoding, text string) string {
	b.Helper()
	raw, err := e.Encode([]byte(text))
	b.must(err)
	return string(raw)
}

// takeRaw imports a lone translation with what a person says of its encoding.
func (b *bench) takeRaw(name string, raw []byte, said charset.Encoding) (Imported, error) {
	return b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: name, Target: &Received{Name: name, Data: raw, Encoding: said}}, nil)
}

// TestEncodings edits files in each encoding. What goes out is in the encoding
// that came in, byte for byte but for the edit.
func TestEncodings(t *testing.T) {
	const (
		simplified  = "\ufeff# 通知\r\n\r\n各单位应当于三月底前完成检查。结果报送**管理部门**。\r\n\r\n> 本通知自公布之日起\r\n> 施行。\r\n"
		traditional = "# 通知\n\n各單位應當於三月底前完成檢查。結果報送**管理部門**。\n"
		latin       = "# Notice\n\nThe café’s hours are “short”. It is closed on Mondays.\n"
	)
	for _, c := range []struct {
		name, text, old, wording, want string
		encoding                       charset.Encoding
	}{
		{"gb.md", simplified[len("\ufeff"):], "三月底", "各单位应当于四月底前完成核查。", "各单位应当于四月底前完成核查。", charset.GB18030},
		{"gb4.md", simplified[len("\ufeff"):], "三月底", "各单位应当于三月底前完成检查㑇。", "各单位应当于三月底前完成检查㑇。", charset.GB18030},
		{"le.md", simplified, "三月底", "各单位应当于四月底前完成检查𠮷。", "各单位应当于四月底前完成检查𠮷。", charset.UTF16LE},
		{"be.txt", simplified, "三月底", "各单位应当于四月底前完成检查。", "各单位应当于四月底前完成检查。", charset.UTF16BE},
		{"wide.txt", latin, "closed on", "It is closed on “Tuesdays”.", "It is closed on “Tuesdays”.", charset.UTF16LE},
		{"big5.md", traditional, "三月底", "各單位應當於四月底前完成檢查。", "各單位應當於四月底前完成檢查。", charset.Big5},
		{"latin.md", latin, "closed on", "It is closed on “Mondays” – always.", "It is closed on “Mondays” – always.", charset.Windows1252},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			raw := b.encoded(c.encoding, c.text)
			in, err := b.takeRaw(c.name, []byte(raw), "")
			b.must(err)
			if got := in.Version.Target.Encoding; got != string(c.encoding) {
				t.Fatalf("encoding %q", got)
			}
			if !strings.Contains(strings.Join(in.Warnings, "\n"), c.encoding.Title()+", ") {
				t.Errorf("warnings %q do not say the encoding", in.Warnings)
			}
			out, err := b.desk.Export(ctx, b.admin, in.Document.ID, ApprovedOnly)
			b.must(err)
			if string(out.Data) != raw || out.Proof.Outside != 0 {
				t.Errorf("an export without edits is not the file: %q", out.Data)
			}
			unit := b.unit(in.Document.ID, c.old)
			b.propose(b.lin, unit, c.wording)
			b.approve(b.he, unit)
			out, err = b.desk.Export(ctx, b.admin, in.Document.ID, ApprovedOnly)
			b.must(err)
			old := ""
			for _, s := range strings.FieldsFunc(c.text, func(r rune) bool { return r == '\r' || r == '\n' }) {
				if strings.Contains(s, c.old) {
					old = s
				}
			}
			for _, s := range strings.SplitAfter(strings.ReplaceAll(old, ". ", ".\x00"), "\x00") {
				s = strings.TrimRight(s, "\x00")
				if i := strings.Index(s, "。"); i >= 0 {
					s = s[:i+len("。")]
				}
				if strings.Contains(s, c.old) {
					old = s
				}
			}
			want := b.encoded(c.encoding, strings.Replace(c.text, old, c.want, 1))
			if string(out.Data) != want {
				t.Errorf("export %q, want %q", out.Data, want)
			}
			if out.Proof.Outside != 0 || out.Proof.Ranges != 1 || out.Proof.Result != corpus.BlobHash(out.Data) {
				t.Errorf("proof %v", out.Proof)
			}
		})
	}
}

// TestUnencodable saves a wording that the file's encoding cannot hold, and
// keeps it from being approved and exported.
func TestUnencodable(t *testing.T) {
	b := newBench(t)
	raw := b.encoded(charset.Big5, "# 通知\n\n各單位應當於三月底前完成檢查。結果報送管理部門。\n")
	in, err := b.takeRaw("big5.md", []byte(raw), "")
	b.must(err)
	unit := b.unit(in.Document.ID, "三月底")
	saved, err := b.desk.Propose(ctx, b.lin, Wording{Unit: unit, Text: "各单位應當於三月底前完成檢查。"})
	b.must(err)
	if v := saved.Revision.Verdict; !v.Bad || !strings.Contains(v.Reason, "'单' (U+5355)") || !strings.Contains(v.Reason, "Big5") {
		t.Errorf("verdict %+v", v)
	}
	_, err = b.desk.Approve(ctx, b.he, Choice{Unit: unit, Revision: saved.Revision.ID})
	b.wants(err, corpus.Blocked)
	out, err := b.desk.Export(ctx, b.admin, in.Document.ID, LatestToo)
	b.must(err)
	if string(out.Data) != raw {
		t.Errorf("export %q", out.Data)
	}

	// A wording that was approved by some other way is held back at the door.
	p := plan{options: mustOptions(b, in.Document.ID), format: formatWith(b, "markdown")}
	if err := p.holds("检查", 3); err == nil || !strings.Contains(corpus.Message(err), "unit 3") || !strings.Contains(corpus.Message(err), "U+68C0") {
		t.Errorf("holds: %v", err)
	}
}

// TestEncodingSaid reads a file as a person says, and refuses what that cannot
// be, with its line.
func TestEncodingSaid(t *testing.T) {
	b := newBench(t)
	raw := []byte(b.encoded(charset.GB18030, "第一行检查\n第二行检查\n"))
	in, err := b.takeRaw("a.txt", raw, charset.Big5)
	if err == nil && in.Version.Target.Encoding != "big5" {
		t.Errorf("encoding %q", in.Version.Target.Encoding)
	}
	_, err = b.takeRaw("b.txt", append(raw, 0xff, '\n'), charset.GB18030)
	b.wants(err, corpus.Invalid)
	if err == nil || !strings.HasPrefix(corpus.Message(err), "b.txt:3: ") {
		t.Errorf("refused as %v", err)
	}
	in, err = b.takeRaw("c.txt", []byte("caf\xe9 und wei\xdfes Haus, caf\xe9\n"), charset.Windows1252)
	b.must(err)
	if u := b.unit(in.Document.ID, "café und weißes"); u == "" {
		t.Error("the text is not read")
	}
}

// TestEncodedIdentity takes every text of the development data through each
// encoding that can hold it, and wants it back byte for byte.
func TestEncodedIdentity(t *testing.T) {
	b := newBench(t)
	counts := map[charset.Encoding]int{}
	for _, dir := range []string{"../../../shared/data/docs", "../../../shared/data/markdown"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".md" && filepath.Ext(path) != ".txt" {
				return err
			}
			if info, err := d.Info(); testing.Short() && (err != nil || info.Size() > 20<<10) {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil || !utf8.Valid(text) {
				return err
			}
			for _, e := range charset.All()[1:] {
				if e.Check(string(text)) != nil {
					continue
				}
				raw, err := e.Encode(text)
				b.must(err)
				in, err := b.takeRaw(string(e)+"-"+filepath.Base(path), raw, e)
				if err != nil {
					return err
				}
				out, err := b.desk.Export(ctx, b.admin, in.Document.ID, ApprovedOnly)
				b.must(err)
				if !bytes.Equal(out.Data, raw) {
					t.Errorf("%s in %s does not come back as it was", path, e)
				}
				counts[e]++
			}
			return nil
		})
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("the development data is not here")
		}
		b.must(err)
	}
	t.Logf("byte-equal: %v", counts)
}

func mustOptions(b *bench, id corpus.DocumentID) (o exchange.Options) {
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		doc, err := r.Document(id)
		if err != nil {
			return err
		}
		v, err := r.Version(doc.Current)
		o = exchange.OptionsOf(v.Target)
		return err
	}))
	return o
}

func formatWith(b *bench, id string) exchange.Format {
	f, err := exchange.ByID(id)
	b.must(err)
	return f
}
