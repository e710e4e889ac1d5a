package page

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"

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
	name, wad, err := library.Excerpt(r.Config.Map)
	if err != nil {
		return nil, err
	}
	return k.write(title, []value{{"dryadReplay", file}, {"dryadMap", wad}}, fmt.Sprintf("globalThis.dryadMapName = %q;\n", name)), nil
}

// Live returns a page that watches the running match at the address that it is
// loaded from, and those that follow it there.
func (k *Kit) Live() []byte {
	return k.write("dryad", nil, "globalThis.dryadLive = true;\n")
}

// value is data of a page, under its name in the script.
type value struct {
	name string
	data []byte
}

// write returns a page with the viewer, data for it, and a script that comes
// first.
func (k *Kit) write(title string, values []value, script string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, head, html.EscapeString(title))
	out.WriteString("<script>\n")
	out.Write(k.Script)
	out.WriteString("</script>\n<script>\n")
	fmt.Fprintf(&out, "const dryadProgram64 = \"%s\";\n", base64.StdEncoding.EncodeToString(k.Program))
	for _, v := range values {
		fmt.Fprintf(&out, "globalThis.%s64 = \"%s\";\n", v.name, base64.StdEncoding.EncodeToString(v.data))
	}
	out.WriteString(script)
	out.WriteString(start)
	return out.Bytes()
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
    for (const name of ["dryadReplay", "dryadMap"])
      if (globalThis[name + "64"] !== undefined) globalThis[name] = bytesOf(globalThis[name + "64"]);
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
