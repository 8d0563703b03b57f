import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { fromRoot } from '../../../src/root.ts';

const MOST_BYTES = 500_000;

describe('the script of the desk', () => {
  const folder = fromRoot('dist', 'web', 'console');

  it('has no checks of development in it, whatever the environment of the build', () => {
    const names = readdirSync(`${folder}/assets`).filter((name) => name.endsWith('.js'));
    expect(names).to.not.have.length(0);
    expect(names.filter((name) => name.includes('jsx-dev-runtime'))).to.deep.equal([]);
    const checked = names.filter((name) =>
      readFileSync(`${folder}/assets/${name}`, 'utf8').includes('jsxDEV'),
    );
    expect(checked).to.deep.equal([]);
  });

  it('is at most 500 kB for the first page, gzipped', () => {
    const page = readFileSync(`${folder}/index.html`, 'utf8');
    const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path);
    expect(scripts).to.not.have.length(0);
    const sizes = scripts.map((path) => gzipSync(readFileSync(`${folder}/${path}`)).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.at.most(MOST_BYTES);
  });
});
