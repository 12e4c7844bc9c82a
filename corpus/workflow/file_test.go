package workflow

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// TestFileCacheFall has a reader fall over a file: whoever opens it gets an error,
// and the next who comes reads it anew.
func TestFileCacheFall(t *testing.T) {
	c := newFileCache(2)
	key := cacheKey{format: "text", hash: "h"}
	reads := 0
	open := c.put(key, func() (openFile, error) {
		if reads++; reads == 1 {
			panic("secret words")
		}
		return openFile{target: &layout.Document{}}, nil
	})
	for range 2 {
		if _, err := open(); corpus.KindOf(err) != corpus.Internal || err == nil {
			t.Errorf("a reader that falls gives %v", err)
		}
	}
	if _, ok := c.get(key); ok {
		t.Error("a file that could not be read is kept")
	}
}
