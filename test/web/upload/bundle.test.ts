import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { fromRoot } from '../../../src/root.ts';
import { buildProduct } from '../../support/server.ts';

const MOST_BYTES = 24_000;

describe('the upload page as it is built', function () {
  this.timeout(200_000);
  let page: string;
  let files: { path: string; content: string }[];

  before(async () => {
    await buildProduct();
    page = readFileSync(fromRoot('dist', 'web', 'upload', 'index.html'), 'utf8');
    const paths = [...page.matchAll(/(?:src|href)="\.\.\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
    files = paths.map((path) => ({ path, content: readFileSync(fromRoot('dist', 'web', path), 'utf8') }));
  });

  it('is one classic script and one style of its own, and nothing of others', () => {
    const scripts = [...page.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(scripts).to.have.length(2);
    expect(scripts[0]).to.equal('<script type="application/json" id="given">');
    expect(scripts[1]).to.match(/^<script defer src="\.\.\/assets\/upload-[\w-]+\.js">$/);
    expect(page).to.not.match(/type="module"|modulepreload|crossorigin|https?:/);
    expect(files.map(({ path }) => path.split('.').at(-1)).sort()).to.deep.equal(['css', 'js', 'svg']);
  });

  it('has nothing in its script that engines of 2017 cannot read', () => {
    const script = files.find(({ path }) => path.endsWith('.js'))?.content ?? '';
    expect(script).to.not.match(/\?\?|\?\.[a-zA-Z[(]|\basync\b|\bawait\b|\bimport\b|\bexport\b|\*\*/);
    expect(script).to.not.match(/\.(flatMap|flat|at|findLast|replaceAll|matchAll|finally|allSettled)\(/);
    expect(script).to.not.match(
      /fromEntries|structuredClone|eval\(|new Function|https?:\/\/(?!www\.w3\.org)/,
    );
  });

  it('is at most 24 kB, gzipped, with everything it needs', () => {
    const sizes = [page, ...files.map(({ content }) => content)].map((it) => gzipSync(it).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.at.most(MOST_BYTES);
  });
});
