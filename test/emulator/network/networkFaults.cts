import type { CertificateKind } from './certificateAuthority.cts';

/**
 * What can be wrong before a request is even made: the proxy says it cannot reach the host (`unreachable`, 502),
 * closes the connection at once (`reset`), never answers the CONNECT (`hang`), or the host shows a certificate that
 * is wrong.
 */
export type NetworkFault = 'unreachable' | 'reset' | 'hang' | Exclude<CertificateKind, 'good'>;

export const networkFaultKinds: readonly NetworkFault[] = [
	'unreachable',
	'reset',
	'hang',
	'wrong-name',
	'expired',
	'untrusted',
];

/** Faults of the network and of TLS, one for each host name. */
export class NetworkFaults {
	private readonly byHost = new Map<string, NetworkFault>();

	/** @param onChange called with the host whose fault changed, so that its open connections can be dropped */
	constructor(private readonly onChange: (host: string) => void) {}

	/** Sets the fault of a host; undefined makes the host well again. Connections that are open to it are closed. */
	set(host: string, fault: NetworkFault | undefined): void {
		if (fault) this.byHost.set(host, fault);
		else this.byHost.delete(host);
		this.onChange(host);
	}

	/** The fault of a host, if it has one. */
	get(host: string): NetworkFault | undefined {
		return this.byHost.get(host);
	}

	/** The certificate the host is to show. */
	certificateOf(host: string): CertificateKind {
		const fault = this.byHost.get(host);
		return fault === 'wrong-name' || fault === 'expired' || fault === 'untrusted' ? fault : 'good';
	}

	/** All hosts with a fault. */
	list(): Record<string, NetworkFault> {
		return Object.fromEntries(this.byHost);
	}

	/** Makes every host well again. */
	clear(): void {
		for (const host of [...this.byHost.keys()]) this.set(host, undefined);
	}
}
