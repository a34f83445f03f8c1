import { randomBytes } from 'node:crypto';
import { env, Uri, type Webview } from 'vscode';

/** Where the pages of the extension lie, and nothing else is loaded from. */
export function pageRoot(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist', 'webview');
}

/**
 * The shell of a page: nothing runs or is loaded in it but our own script and style sheet, each by a nonce that is
 * made anew for every load.
 *
 * @param name file of the page below `dist/webview/`
 */
export function pageHtml(
  webview: Webview,
  extension: Uri,
  name: 'report' | 'signoff',
  title: string,
): string {
  const nonce = randomBytes(18).toString('base64url');
  const uri = (file: string): string =>
    webview.asWebviewUri(Uri.joinPath(pageRoot(extension), file)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${escapeAttribute(uri('page.css'))}">
</head>
<body>
<main aria-busy="true"></main>
<script type="module" nonce="${nonce}" src="${escapeAttribute(uri(`${name}.js`))}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
