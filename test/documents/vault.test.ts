import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { createVault, decodeKey, deriveKey, localKeyWrapper, VaultFault } from '../../src/documents/vault.ts';

const identity = { caseId: 'case-1', documentId: 'document-1', version: 1 };
const plain = Buffer.from('JPEG of an identity card');

async function fault(task: Promise<unknown>): Promise<unknown> {
  return await task.then(
    () => 'no fault',
    (error: unknown) => error,
  );
}

describe('vault', () => {
  const kek = randomBytes(32);
  const vault = createVault(localKeyWrapper(kek));

  it('gives back what was sealed and shows nothing of it meanwhile', async () => {
    const { sealed, key } = await vault.seal(plain, identity);
    expect(sealed.includes('JPEG')).to.equal(false);
    expect((await vault.unseal(sealed, key, identity)).equals(plain)).to.equal(true);
  });

  it('seals the same bytes differently each time', async () => {
    const [first, second] = [await vault.seal(plain, identity), await vault.seal(plain, identity)];
    expect(first.sealed.equals(second.sealed)).to.equal(false);
    expect(first.key.wrapped).not.to.equal(second.key.wrapped);
  });

  it('refuses any other case, document or version', async () => {
    const { sealed, key } = await vault.seal(plain, identity);
    for (const other of [{ caseId: 'case-2' }, { documentId: 'document-2' }, { version: 2 }]) {
      expect(await fault(vault.unseal(sealed, key, { ...identity, ...other }))).to.be.instanceOf(VaultFault);
    }
  });

  it('binds the bytes themselves, not only the key, to the identity', async () => {
    // A wrapper without any check stands for a key management service that is careless.
    const careless = createVault({
      wrap: async (key) => ({ keyId: 'k', wrapped: key.toString('base64') }),
      unwrap: async (key) => Buffer.from(key.wrapped, 'base64'),
    });
    const { sealed, key } = await careless.seal(plain, identity);
    expect(await fault(careless.unseal(sealed, key, { ...identity, caseId: 'case-2' }))).to.be.instanceOf(
      VaultFault,
    );
  });

  it('refuses a blob of another document and one changed in any part', async () => {
    const { sealed, key } = await vault.seal(plain, identity);
    const other = await vault.seal(plain, { ...identity, documentId: 'document-2' });
    expect(await fault(vault.unseal(other.sealed, key, identity))).to.be.instanceOf(VaultFault);
    for (const at of [0, 12, sealed.length - 1]) {
      const tampered = Buffer.from(sealed);
      tampered.writeUInt8(tampered.readUInt8(at) ^ 1, at);
      expect(await fault(vault.unseal(tampered, key, identity))).to.be.instanceOf(VaultFault);
    }
    expect(await fault(vault.unseal(sealed.subarray(0, 20), key, identity))).to.be.instanceOf(VaultFault);
    expect(await fault(vault.unseal(sealed.subarray(0, -1), key, identity))).to.be.instanceOf(VaultFault);
  });

  it('opens what an earlier key-encryption key wrapped, and nothing without it', async () => {
    const { sealed, key } = await vault.seal(plain, identity);
    const next = randomBytes(32);
    const rotated = createVault(localKeyWrapper(next, [kek]));
    expect((await rotated.unseal(sealed, key, identity)).equals(plain)).to.equal(true);
    expect((await rotated.seal(plain, identity)).key.keyId).not.to.equal(key.keyId);
    expect(await fault(createVault(localKeyWrapper(next)).unseal(sealed, key, identity))).to.be.instanceOf(
      VaultFault,
    );
  });

  it('takes only keys of 32 bytes and derives different ones per purpose', () => {
    expect(decodeKey(kek.toString('base64')).equals(kek)).to.equal(true);
    expect(() => decodeKey('c2hvcnQ=')).to.throw('32 bytes');
    expect(deriveKey(kek, 'a').equals(deriveKey(kek, 'a'))).to.equal(true);
    expect(deriveKey(kek, 'a').equals(deriveKey(kek, 'b'))).to.equal(false);
  });
});
