// A request as text: as it went, as lines of PowerShell with the module, and as curl.

// PowerShell takes typographic quotes for the plain one.
const ps = text => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
const sh = text => `'${text.replaceAll("'", String.raw`'\''`)}'`;

// A browser sends some characters of a name escaped.
const fileName = name => name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
const path = name => `./${fileName(name)}`;

const hashText = hash => (hash ? `  (SHA-256 ${hash.slice(0, 12)}…)` : '');

export function http(request) {
  const lines = [`${request.method} ${request.target}`];
  for (const [name, value] of Object.entries(request.headers)) lines.push(`${name}: ${value}`);
  if (request.has_authorization) lines.push('Authorization: Basic ••••••••');
  const parts = [
    ...request.file_names.map((name, i) => `file = ${name}${hashText(request.file_hashes[i])}`),
    ...Object.entries(request.fields).map(([name, value]) => `${name} = ${value}`),
  ];
  if (request.body) parts.push(request.body);
  return [...lines, ...(parts.length > 0 ? ['', ...parts] : [])].join('\n');
}

export function connect(connection, model) {
  const base = connection.api_uri.replace(/\/api\/v2$/, '');
  return `Connect-Nanonets -ApiKey ${ps(connection.api_key)} -BaseUri ${base} -ModelId ${ps(model ?? connection.model_ids[0])}`;
}

// Null where the module has no line that makes exactly this request.
export function powerShell(request, connection) {
  const line = cmdlet(request);
  return line && `${connect(connection, request.model)}\n${line}`;
}

function cmdlet(request) {
  const last = decodeURIComponent(request.target.split('?')[0].replace(/\/$/, '').split('/').at(-1));
  switch (request.route) {
    case 'LabelFile':
      return request.file_names.length === 0 ? null
        : `Send-NanonetsDocument ${request.file_names.map(name => ps(path(name))).join(', ')}`
          + (request.file_names.length > 1 ? ` -FilesPerRequest ${request.file_names.length}` : '') + sending(request);
    case 'LabelUrls':
      return request.fields.urls
        ? `Send-NanonetsDocument -Uri ${request.fields.urls.split('\n').map(ps).join(', ')}${sending(request)}`
        : null;
    case 'GetPredictions':
      return `Get-NanonetsResult ${ps(last)}`;
    case 'GetPage':
      return `Get-NanonetsResult -Id ${ps(last)}`;
    default:
      return null;
  }
}

function sending(request) {
  const isQueued = new URLSearchParams(request.target.split('?')[1]).get('async') === 'true';
  const pages = (request.fields.pages_to_process ?? '').split(',').flatMap(pageNumbers);
  const metadata = request.fields.request_metadata;
  return ` -ProcessingType ${isQueued ? 'Async' : 'Sync'}`
    + (pages.length > 0 ? ` -PagesToProcess ${pages.join(', ')}` : '')
    + (metadata ? ` -Metadata ${ps(metadata)}` : '');
}

function pageNumbers(text) {
  const [first, last = first] = text.trim().split(':').map(Number);
  if (!(first >= 1 && last >= first && last - first < 1000)) return [];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

export function curl(request, connection) {
  const address = new URL(connection.api_uri).origin + request.target;
  const words = ['curl', ...(/[[\]{}]/.test(address) ? ['-g'] : []), '-u', sh(`${connection.api_key}:`)];
  const form = [
    ...request.file_names.map(name => `-F ${sh(`file=@"${path(name).replace(/["\\]/g, '\\$&')}"`)}`),
    ...Object.entries(request.fields).flatMap(([name, value]) =>
      (name === 'urls' ? value.split('\n') : [value]).map(one => `--form-string ${sh(`${name}=${one}`)}`)),
  ];
  if (request.method !== 'GET' && form.length === 0) words.push('-X', request.method);
  if (request.body) words.push('-H', sh(`Content-Type: ${request.headers['Content-Type']}`), '--data-raw', sh(request.body));
  return [words.join(' '), ...form, sh(address)].join(' \\\n  ');
}
