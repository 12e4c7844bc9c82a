package workflow

import (
	"sync"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// fileCache keeps the last few files that were read. The files of a version
// never change, so reading one again for every save would cost in proportion
// to the document and give the same result.
type fileCache struct {
	mu    sync.Mutex
	limit int
	files []cachedFile // newest use last
}

type cachedFile struct {
	key cacheKey
	doc *layout.Document
}

type cacheKey struct {
	format, hash string
	hard         bool
	shared       string
	side         corpus.Side
}

func newFileCache(limit int) *fileCache { return &fileCache{limit: limit} }

func (c *fileCache) get(key cacheKey) *layout.Document {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, f := range c.files {
		if f.key == key {
			c.files = append(append(c.files[:i:i], c.files[i+1:]...), f)
			return f.doc
		}
	}
	return nil
}

func (c *fileCache) put(key cacheKey, doc *layout.Document) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.files) == c.limit {
		c.files = append([]cachedFile(nil), c.files[1:]...)
	}
	c.files = append(c.files, cachedFile{key, doc})
}

// layoutOf returns a received file with its text found.
func (d *Desk) layoutOf(r corpus.Reader, format string, f corpus.File) (*layout.Document, error) {
	key := cacheKey{format, f.Hash, f.Hard, f.Shared, f.Side}
	if doc := d.files.get(key); doc != nil {
		return doc, nil
	}
	fm, err := exchange.ByID(format)
	if err != nil {
		return nil, err
	}
	raw, err := r.Blob(f.Hash)
	if err != nil {
		return nil, err
	}
	doc, err := fm.Read(f.Name, raw, linesOf(f))
	if err != nil {
		return nil, err
	}
	if f.Shared != "" {
		if doc, err = sideOfShared(doc, f); err != nil {
			return nil, err
		}
	}
	d.files.put(key, doc)
	return doc, nil
}

// LinesOf says how the line ends of a document's file are read: LinesDecided where
// its format leaves no choice, or the file was not received.
func LinesOf(doc corpus.Document, f corpus.File) exchange.Lines {
	if fm, err := exchange.ByID(doc.Format); err != nil || !fm.HasLines || !f.Present() {
		return exchange.LinesDecided
	}
	return linesOf(f).Lines
}

// linesOf repeats the choice that was made when the file was received, so that
// a later version of this program reads it into the same blocks.
func linesOf(f corpus.File) exchange.Options {
	if f.Hard {
		return exchange.Options{Lines: exchange.LinesHard}
	}
	return exchange.Options{Lines: exchange.LinesSoft}
}
