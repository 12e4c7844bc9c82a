package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// The limits of an archive. An office's files stay far below them; what does not
// was made to exhaust a reader.
const (
	zipEntries  = 4096
	zipExpanded = 256 << 20 // bytes of all entries
	zipPart     = 64 << 20  // bytes of a part that is read
	zipRatio    = 200       // of an entry of more than a megabyte
)

// partBreak stands between the parts of an archive in the text inside it. XML
// cannot hold it.
const partBreak = "\x00"

// docxContainer is text in the parts of an archive of Office Open XML: first the
// document, then its footnotes, endnotes, headers and footers, in the order of
// the relations that name them, and the styles at the end.
type docxContainer struct{}

// docxArchive is an archive opened, with the names of the parts that are read.
type docxArchive struct {
	name  string
	zip   *zip.Reader
	parts []string
	byRel map[string]string // part by the last word of its relation's type: "comments", "styles"
	main  string
}

// openDOCX opens an archive within the limits and finds its parts.
func openDOCX(name string, raw []byte) (*docxArchive, error) {
	bad := func(format string, args ...any) (*docxArchive, error) {
		return nil, refuse(corpus.Invalid, name, 1, format, args...)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return bad("this is no ZIP archive, or a broken one")
	}
	a := &docxArchive{name: name, zip: z, byRel: map[string]string{}}
	if len(z.File) > zipEntries {
		return nil, refuse(corpus.TooLarge, name, 1, "the archive has %d entries; up to %d are read", len(z.File), zipEntries)
	}
	var expanded uint64
	seen := map[string]bool{}
	for _, f := range z.File {
		expanded += f.UncompressedSize64
		lower := strings.ToLower(f.Name)
		switch {
		case f.Name == "" || f.Name != strings.TrimSuffix(path.Clean(f.Name), "/") && !strings.HasSuffix(f.Name, "/") || path.IsAbs(f.Name) ||
			f.Name == ".." || strings.HasPrefix(f.Name, "../") || strings.ContainsAny(f.Name, "\\\x00:"):
			return bad("the archive has an entry of the name %q", f.Name)
		case seen[lower]:
			return bad("the archive has two entries of the name %q", f.Name)
		case f.Flags&1 != 0:
			return bad("the archive is encrypted; save the document without a password")
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return bad("the entry %s is compressed in a way that is not read", f.Name)
		case f.UncompressedSize64 > zipExpanded || expanded > zipExpanded,
			f.UncompressedSize64 > 1<<20 && f.UncompressedSize64/zipRatio > f.CompressedSize64:
			return nil, refuse(corpus.TooLarge, name, 1, "the archive unpacks to more than it should: %s", f.Name)
		}
		seen[lower] = true
	}
	rels, err := a.relations("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if r.kind == "officeDocument" {
			a.main = r.target
		}
	}
	if a.main == "" {
		return bad("the archive holds no Word document")
	}
	a.parts = []string{a.main}
	dir, base := path.Split(a.main)
	rels, err = a.relations(dir+"_rels/"+base+".rels", dir)
	if err != nil {
		return nil, err
	}
	for _, kind := range []string{"footnotes", "endnotes", "header", "footer", "styles", "comments"} {
		for _, r := range rels {
			if r.kind != kind || a.entry(r.target) == nil || slices.Contains(a.parts, r.target) {
				continue
			}
			a.byRel[kind] = r.target
			if kind != "comments" {
				a.parts = append(a.parts, r.target)
			}
		}
	}
	return a, nil
}

// relation is what one part says of another.
type relation struct{ id, kind, target string }

// relations reads a part that names others; there are none where it is absent.
func (a *docxArchive) relations(part, dir string) ([]relation, error) {
	if a.entry(part) == nil {
		return nil, nil
	}
	tree, _, err := a.xml(part)
	if err != nil {
		return nil, err
	}
	var list []relation
	tree.root.walk(func(e *xmlElement) bool {
		if e.name.Local == "Relationship" && e.attr("TargetMode") != "External" {
			target := e.attr("Target")
			if strings.HasPrefix(target, "/") {
				target = strings.TrimPrefix(path.Clean(target), "/")
			} else {
				target = path.Join(dir, target)
			}
			list = append(list, relation{e.attr("Id"), path.Base(e.attr("Type")), target})
		}
		return true
	})
	return list, nil
}

func (a *docxArchive) entry(name string) *zip.File {
	for _, f := range a.zip.File {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// part returns the bytes of an entry.
func (a *docxArchive) part(name string) ([]byte, error) {
	f := a.entry(name)
	if f == nil {
		return nil, refuse(corpus.Invalid, a.name, 1, "the archive lacks the part %s", name)
	}
	if f.UncompressedSize64 > zipPart {
		return nil, refuse(corpus.TooLarge, a.name, 1, "%s has %d bytes; up to %d are read", name, f.UncompressedSize64, zipPart)
	}
	r, err := f.Open()
	if err != nil {
		return nil, refuse(corpus.Invalid, a.name, 1, "the part %s cannot be unpacked", name)
	}
	defer r.Close()
	// The size that the archive says may be a lie.
	data, err := io.ReadAll(io.LimitReader(r, zipPart+1))
	switch {
	case len(data) > zipPart:
		return nil, refuse(corpus.TooLarge, a.name, 1, "%s has more than %d bytes", name, zipPart)
	case err != nil:
		return nil, refuse(corpus.Invalid, a.name, 1, "the part %s cannot be unpacked", name)
	}
	return data, nil
}

// xml reads a part as XML.
func (a *docxArchive) xml(name string) (*xmlTree, []byte, error) {
	data, err := a.part(name)
	if err != nil {
		return nil, nil, err
	}
	tree, err := readXML(name, data)
	if err != nil {
		return nil, nil, refuse(corpus.KindOf(err), a.name, 1, "%s", corpus.Message(err))
	}
	return tree, data, nil
}

// unpack implements container. All parts are read once to refuse what is not
// well-formed.
func (docxContainer) unpack(name string, raw []byte) ([]byte, error) {
	a, err := openDOCX(name, raw)
	if err != nil {
		return nil, err
	}
	var parts [][]byte
	for _, p := range a.parts {
		tree, data, err := a.xml(p)
		if err != nil {
			return nil, err
		}
		if p == a.main && !isWord(tree.root, "document") {
			return nil, refuse(corpus.Unsupported, name, 1, "%s: the outermost element is %s, not a Word document", p, tree.root.name.Local)
		}
		parts = append(parts, data)
	}
	return bytes.Join(parts, []byte(partBreak)), nil
}

// pack implements container.
func (docxContainer) pack(name string, received, inside []byte) ([]byte, error) {
	a, err := openDOCX(name, received)
	if err != nil {
		return nil, err
	}
	pieces := bytes.Split(inside, []byte(partBreak))
	if len(pieces) != len(a.parts) {
		return nil, corpus.Errorf(corpus.Internal, "%s: %d parts became %d; nothing was exported", name, len(a.parts), len(pieces))
	}
	changed := map[string][]byte{}
	for i, p := range a.parts {
		old, err := a.part(p)
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(old, pieces[i]) {
			changed[p] = pieces[i]
		}
	}
	if len(changed) == 0 {
		return received, nil
	}
	return a.rewrite(changed)
}

// rewrite returns the archive with some parts changed or added. All others keep
// their compressed bytes, and all their order.
func (a *docxArchive) rewrite(changed map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	err := w.SetComment(a.zip.Comment)
	written := map[string]bool{}
	for _, f := range a.zip.File {
		if err != nil {
			return nil, err
		}
		written[f.Name] = true
		data, ok := changed[f.Name]
		if !ok {
			err = copyEntry(w, f)
			continue
		}
		err = writeEntry(w, &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified, ExternalAttrs: f.ExternalAttrs, CreatorVersion: f.CreatorVersion}, data)
	}
	var added []string
	for name := range changed {
		if !written[name] {
			added = append(added, name)
		}
	}
	slices.Sort(added)
	for _, name := range added {
		err = errors.Join(err, writeEntry(w, &zip.FileHeader{Name: name, Method: zip.Deflate}, changed[name]))
	}
	err = errors.Join(err, w.Close())
	return out.Bytes(), err
}

func copyEntry(w *zip.Writer, f *zip.File) error {
	from, err := f.OpenRaw()
	if err != nil {
		return err
	}
	header := f.FileHeader
	to, err := w.CreateRaw(&header)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}

func writeEntry(w *zip.Writer, h *zip.FileHeader, data []byte) error {
	to, err := w.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
}

// changes implements container: the bytes of a compressed part do not tell what
// was changed.
func (docxContainer) changes([]byte, []layout.Change) ([]layout.Change, bool, error) {
	return nil, false, nil
}

// differ implements container: it compares the entries that hold no text, in
// their order, with their compressed bytes, and unpacks the text of the others.
func (c docxContainer) differ(received, data, inside []byte) (int, error) {
	was, err := openDOCX("received", received)
	if err != nil {
		return 0, err
	}
	is, err := openDOCX("exported", data)
	if err != nil {
		return 0, err
	}
	if len(was.zip.File) != len(is.zip.File) {
		return max(len(received), len(data)), nil
	}
	text, err := c.unpack("exported", data)
	if err != nil {
		return 0, err
	}
	differ := 0
	if !bytes.Equal(text, inside) {
		differ = max(len(text), len(inside))
	}
	for i, f := range was.zip.File {
		g := is.zip.File[i]
		if f.Name != g.Name {
			differ += int(max(f.CompressedSize64, g.CompressedSize64))
			continue
		}
		if slices.Contains(was.parts, f.Name) {
			continue
		}
		a, b := rawEntry(f), rawEntry(g)
		if !bytes.Equal(a, b) {
			differ += max(len(a), len(b), 1)
		}
	}
	return differ, nil
}

func rawEntry(f *zip.File) []byte {
	r, err := f.OpenRaw()
	if err != nil {
		return nil
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	return data
}
