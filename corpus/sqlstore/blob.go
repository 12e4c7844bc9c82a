package sqlstore

import "github.com/reviseur/reviseur/corpus"

func (s *session) Blob(hash string) ([]byte, error) {
	data := []byte{}
	err := s.scanOne("file with this hash", []any{&data}, "SELECT data FROM blob WHERE hash = $1", hash)
	return data, err
}

func (t *tx) AddBlob(data []byte) (string, error) {
	hash := corpus.BlobHash(data)
	return hash, t.add("file", "INSERT INTO blob (hash, data) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING", hash, noNull(data))
}

// noNull is data as the engine wants it: an empty list is no NULL.
func noNull(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}
