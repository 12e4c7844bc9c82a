package workflow

import (
	"slices"
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
	key  cacheKey
	open func() (openFile, error) // reads the file once; who comes meanwhile waits
}

// openFile is a received file with its text found. A file of one language has the
// same text on both sides, whichever it was received as.
type openFile struct {
	source, target *layout.Document
	pair           *exchange.Bilingual // of a bilingual format; else nil
}

type cacheKey struct {
	format, hash string
	hard         bool
	shared       string
	encoding     string
}

func newFileCache(limit int) *fileCache { return &fileCache{limit: limit} }

func (c *fileCache) get(key cacheKey) (func() (openFile, error), bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, f := range c.files {
		if f.key == key {
			c.files = append(append(c.files[:i:i], c.files[i+1:]...), f)
			return f.open, true
		}
	}
	return nil, false
}

// put keeps how a file is read, which is done once, and returns what is kept under
// its key: where two came at once, that of the first. A file that cannot be read is
// forgotten; one over which the reader falls fails, wherever it is being read.
func (c *fileCache) put(key cacheKey, read func() (openFile, error)) func() (openFile, error) {
	open := sync.OnceValues(func() (file openFile, err error) {
		err = corpus.Caught("the file could not be read", func() error {
			file, err = read()
			return err
		})
		if err != nil {
			c.drop(key)
		}
		return file, err
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.files {
		if f.key == key {
			return f.open
		}
	}
	if len(c.files) == c.limit {
		c.files = append([]cachedFile(nil), c.files[1:]...)
	}
	c.files = append(c.files, cachedFile{key, open})
	return open
}

// drop forgets a file that could not be read.
func (c *fileCache) drop(key cacheKey) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files = slices.DeleteFunc(slices.Clone(c.files), func(f cachedFile) bool { return f.key == key })
}

// layoutOf returns the text of a side in the file received for it.
func (d *Desk) layoutOf(r corpus.Reader, format string, f corpus.File, side corpus.Side) (*layout.Document, error) {
	file, err := d.openFile(r, format, f)
	if side == corpus.SourceSide {
		return file.source, err
	}
	return file.target, err
}

// pairOf returns a received file that holds both sides, and nil for any other.
func (d *Desk) pairOf(r corpus.Reader, format string, f corpus.File) (*exchange.Bilingual, error) {
	if fm, err := exchange.ByID(format); err != nil || !fm.Bilingual() || !f.Present() {
		return nil, err
	}
	file, err := d.openFile(r, format, f)
	return file.pair, err
}

func (d *Desk) openFile(r corpus.Reader, format string, f corpus.File) (openFile, error) {
	open, err := d.opener(r, format, f)
	if err != nil {
		return openFile{}, err
	}
	return open()
}

// warm has the target file of a version read in the background, so that the first
// key somebody types does not wait for it. What it needs of the store it takes
// before it returns.
func (d *Desk) warm(r corpus.Reader, format string, v corpus.Version) error {
	if !v.Target.Present() {
		return nil
	}
	open, err := d.opener(r, format, v.Target)
	if err == nil {
		go open() // its error is that of whoever needs the file
	}
	return err
}

// opener returns how to open a file, which takes time in proportion to it only
// the first time.
func (d *Desk) opener(r corpus.Reader, format string, f corpus.File) (func() (openFile, error), error) {
	key := cacheKey{format, f.Hash, f.Hard, f.Shared, f.Encoding}
	if open, ok := d.files.get(key); ok {
		return open, nil
	}
	fm, err := exchange.ByID(format)
	if err != nil {
		return nil, err
	}
	raw, err := r.Blob(f.Hash)
	if err != nil {
		return nil, err
	}
	return d.files.put(key, func() (openFile, error) { return readFile(fm, raw, f) }), nil
}

func readFile(fm exchange.Format, raw []byte, f corpus.File) (file openFile, err error) {
	switch {
	case fm.Bilingual():
		if file.pair, err = fm.ReadPair(f.Name, raw); err == nil {
			file.source, file.target = file.pair.Source, file.pair.Target
		}
	default:
		file.target, err = fm.Read(f.Name, raw, exchange.OptionsOf(f)) // as it was received, whatever a later version of this program would choose
		if file.source = file.target; err == nil && f.Shared != "" {
			file.source, file.target, err = takenApart(file.target, f)
		}
	}
	if err != nil {
		return openFile{}, err
	}
	return file, nil
}

// LinesOf says how the line ends of a document's file are read: LinesDecided where
// its format leaves no choice, or the file was not received.
func LinesOf(doc corpus.Document, f corpus.File) exchange.Lines {
	if fm, err := exchange.ByID(doc.Format); err != nil || !fm.HasLines || !f.Present() {
		return exchange.LinesDecided
	}
	return exchange.OptionsOf(f).Lines
}
