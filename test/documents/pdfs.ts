import { deflateSync } from 'node:zlib';

/** A PDF of one page; `more` are further objects, as they stand in the file. */
export function pdf(more: (string | Buffer)[] = []): Buffer {
  const start = Buffer.from(
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n' +
      '2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n' +
      '3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n',
  );
  const parts = more.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\n`) : part));
  const end = Buffer.from('trailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n9\n%%EOF\n');
  return Buffer.concat([start, ...parts, end]);
}

/** Objects as a PDF packs them. */
export function packed(objects: string, filter = '/Filter /FlateDecode'): Buffer {
  const body = deflateSync(Buffer.from(`5 0 ${objects}`));
  return Buffer.concat([
    Buffer.from(`4 0 obj\n<< /Type /ObjStm /N 1 /First 4 ${filter} /Length ${body.length} >>\nstream\n`),
    body,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
}

export const SCRIPT = '5 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj';
