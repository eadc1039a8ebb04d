import { createSecureContext, type SecureContext } from 'node:tls';

import { generate } from 'selfsigned';

/** How a certificate is meant to be: good, or wrong in one of the ways a client must notice. */
export type CertificateKind = 'good' | 'wrong-name' | 'expired' | 'untrusted';

interface KeyAndCertificate {
	private: string;
	cert: string;
}

const day = 24 * 60 * 60 * 1000;

async function makeAuthority(name: string): Promise<KeyAndCertificate> {
	return await generate([{ name: 'commonName', value: name }], {
		keyType: 'ec',
		algorithm: 'sha256',
		notBeforeDate: new Date(Date.now() - 2 * day),
		notAfterDate: new Date(Date.now() + 30 * day),
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
		],
	});
}

/**
 * A throw-away certificate authority: made at start, trusted by nobody who was not given `pem`, never written with
 * its key. Elliptic keys (P-256), because making an RSA key takes 100 times as long.
 */
export class CertificateAuthority {
	private readonly contexts = new Map<string, Promise<SecureContext>>();
	private stranger: Promise<KeyAndCertificate> | undefined;

	private constructor(private readonly authority: KeyAndCertificate) {}

	/** Makes an authority with a new key. */
	static async create(): Promise<CertificateAuthority> {
		return new CertificateAuthority(await makeAuthority('Zoho emulator throw-away CA'));
	}

	/** The authority's own certificate, PEM. */
	get pem(): string {
		return this.authority.cert;
	}

	/** The TLS context of a host, made once and kept; `kind` chooses a certificate that is wrong on purpose. */
	async contextFor(host: string, kind: CertificateKind = 'good'): Promise<SecureContext> {
		const key = `${kind} ${host}`;
		let context = this.contexts.get(key);
		if (!context) {
			context = this.makeContext(host, kind);
			this.contexts.set(key, context);
		}
		return await context;
	}

	private async makeContext(host: string, kind: CertificateKind): Promise<SecureContext> {
		this.stranger ??= kind === 'untrusted' ? makeAuthority('Nobody knows this CA') : undefined;
		const signer = kind === 'untrusted' && this.stranger ? await this.stranger : this.authority;
		const name = kind === 'wrong-name' ? 'wrong.example.org' : host;
		const leaf = await generate([{ name: 'commonName', value: name }], {
			keyType: 'ec',
			algorithm: 'sha256',
			notBeforeDate: new Date(Date.now() - 2 * day),
			notAfterDate: new Date(Date.now() + (kind === 'expired' ? -day : 30 * day)),
			ca: { key: signer.private, cert: signer.cert },
			extensions: [
				{ name: 'basicConstraints', cA: false, critical: true },
				{ name: 'keyUsage', digitalSignature: true, critical: true },
				{ name: 'extKeyUsage', serverAuth: true },
				{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
			],
		});
		return createSecureContext({ key: leaf.private, cert: leaf.cert });
	}
}
