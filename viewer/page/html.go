package page

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"strings"

	"dryad/games/fps/maps/library"
	"dryad/replay"
)

// Write returns a page that plays a replay by itself: one file, which may be
// opened from a disk. file is the replay as it is stored. A map from a WAD file
// is put into the page without its pictures.
func (k *Kit) Write(title string, file []byte) ([]byte, error) {
	r, err := replay.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("the replay is %w", err)
	}
	name, wad, err := mapOf(r)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, head, html.EscapeString(title))
	out.WriteString("<script>\n")
	out.Write(k.Script)
	out.WriteString("</script>\n<script>\n")
	for _, x := range []struct {
		name string
		data []byte
	}{{"dryadProgram", k.Program}, {"dryadReplay", file}, {"dryadMap", wad}} {
		fmt.Fprintf(&out, "const %s64 = \"%s\";\n", x.name, base64.StdEncoding.EncodeToString(x.data))
	}
	fmt.Fprintf(&out, "globalThis.dryadMapName = %q;\n", name)
	out.WriteString(start)
	return out.Bytes(), nil
}

// mapOf returns the map of a replay as a WAD file of its own; nothing for a
// game without maps and for generated ones.
func mapOf(r *replay.Replay) (name string, wad []byte, err error) {
	file, lump, found := strings.Cut(r.Config.Map, ":")
	if !found || file == "generated" {
		return "", nil, nil
	}
	w, err := library.File(file)
	if err != nil {
		return "", nil, err
	}
	wad, err = w.Excerpt(lump)
	return w.Name, wad, err
}

const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>%s</title>
<style>
html, body { margin: 0; height: 100%%; background: #14171d; color: #e6e9f0; font: 15px sans-serif; overflow: hidden; }
#message { position: fixed; left: 24px; top: 20px; right: 24px; }
canvas { display: block; }
</style>
</head>
<body>
<p id="message">the viewer is being unpacked</p>
<canvas id="screen" width="16" height="16"></canvas>
`

const start = `
function bytesOf(text) {
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
(async () => {
  const message = document.getElementById("message");
  try {
    globalThis.dryadReplay = bytesOf(dryadReplay64);
    globalThis.dryadMap = bytesOf(dryadMap64);
    const packed = new Blob([bytesOf(dryadProgram64)]).stream().pipeThrough(new DecompressionStream("gzip"));
    const program = await new Response(packed).arrayBuffer();
    const go = new Go();
    const { instance } = await WebAssembly.instantiate(program, go.importObject);
    message.style.display = "none";
    await go.run(instance);
  } catch (fault) {
    message.style.display = "block";
    message.textContent = "the viewer cannot run here: " + fault;
  }
})();
</script>
</body>
</html>
`
