/**
 * Streams in `../fixtures/heic` with tools of the standard that x265 does not write: tiles, PCM, dependent slice segments, slices
 * that end within a row of coding tree blocks, and crossings of these. HM 16.21, the reference encoder of the standard, wrote them, each
 * one intra picture of flat, wavy and noisy shapes. Where its options do not reach, it was changed for that, as `beyond` says. Scaling
 * lists (ScalingList=2) are of random numbers from 4 to 63; some are equal to others.
 */

/** How a stream was written, and what it decodes to. */
export interface ToolStream {
	/** Size in pixels, sampling of the colours, bits a sample. */
	picture: string;
	/** Options of the encoder, beside those of the sizes of blocks: {@link SMALL} or {@link LARGE}. */
	options: string;
	hasLargeBlocks?: boolean;
	beyond?: string;
	/** SHA-256 of the samples as `samplesOf` gives them: as ffmpeg reads them, or the encoder's own where ffmpeg reads others. */
	samples: string;
	/** Why ffmpeg (5.1) reads others. */
	notFfmpeg?: string;
}

export const SMALL = 'MaxCUSize=16 MaxPartitionDepth=2 QuadtreeTULog2MaxSize=4';
export const LARGE = 'MaxCUSize=32 MaxPartitionDepth=3 QuadtreeTULog2MaxSize=5';

const OWN = 'each slice has its own deblocking (off, or its strength), colour offsets and filtering across its borders';
const OWN_QUANTISATION = `${OWN}, and its own quantisation`;
const EXTENSIONS = 'slice headers have two reserved bits and an extension of 0 to 4 bytes';
const LISTS_OF_THE_PICTURE = 'the scaling lists are in the picture parameter set, not that of the sequence';
const plainBits = (luma: number, chroma: number) => `PCM samples of luma have ${luma} bits, those of chroma ${chroma}`;

/** What ffmpeg does otherwise than the standard says. HM's decoder reads all these as its encoder does, libde265 all but the second. */
const OF_FFMPEG = {
	across:
		'it asks the slice of a sample whether offsets look across a border, and not the later of the two slices (8.7.3.2)',
	within: 'it takes wavefronts for rows of the picture, not of the tile (9.3.1)',
	plainColours:
		'it adds offsets to three quarters of the chroma samples of PCM that filters are to leave alone (8.7.3.2)',
	plainGrey: 'it skips PCM samples of chroma in a grey picture (7.3.8.7)',
} as const;

/** By the name of the file, without its end. */
export const TOOLS: Record<string, ToolStream> = {
	tiles: {
		picture: '80x64 4:2:0 8',
		options: 'NumTileColumnsMinus1=2 NumTileRowsMinus1=1 TileUniformSpacing=1 LFCrossTileBoundaryFlag=0 QP=32',
		samples: 'b9353d061f54480d00e3d3b58ecc2462a7fc101bfc80853f0860129827d96bd5',
	},
	'tiles-uneven': {
		picture: '80x64 4:2:0 8',
		options:
			'NumTileColumnsMinus1=2 NumTileRowsMinus1=1 TileUniformSpacing=0 TileColumnWidthArray=1,3 TileRowHeightArray=1 LFCrossTileBoundaryFlag=1 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1',
		samples: '5a3853cefc814a8f0019dd3b78e76b41354381ebd9add12c9612784300b9731d',
	},
	'tile-rows': {
		picture: '80x64 4:2:0 8',
		options:
			'NumTileRowsMinus1=2 TileUniformSpacing=0 TileRowHeightArray=2,1 LFCrossTileBoundaryFlag=0 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1',
		samples: 'ac008450f7898fdbacc9c3d1af06f44db522d13df780e7db4888403b0fa51e6c',
	},
	'tiles-in-slices': {
		picture: '80x64 4:2:0 8',
		options:
			'NumTileColumnsMinus1=2 NumTileRowsMinus1=1 TileUniformSpacing=1 SliceMode=3 SliceArgument=2 LFCrossTileBoundaryFlag=1 LFCrossSliceBoundaryFlag=0 QP=32',
		samples: 'e41503b8769eac31fd0a9710d3cce3c2e59e8fb83192aa771f8cac38f1ae196c',
	},
	'slices-in-tiles': {
		picture: '80x64 4:2:0 8',
		options:
			'NumTileColumnsMinus1=1 NumTileRowsMinus1=1 TileUniformSpacing=1 SliceMode=1 SliceArgument=2 LFCrossTileBoundaryFlag=0 LFCrossSliceBoundaryFlag=1 QP=32',
		samples: '553e5efb8d1e4d8ce48dfe03571ca19f177018c6c2cd08b16609996282ce326f',
	},
	'slices-within-rows': {
		picture: '80x64 4:2:0 8',
		options: 'SliceMode=1 SliceArgument=4 LFCrossSliceBoundaryFlag=0 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1',
		samples: '86a0ea22910d958b13e829ae6a310e961112e529883ec21d069b1bdca4e6e733',
	},
	'slices-of-their-own': {
		picture: '80x64 4:2:0 8',
		options: 'SliceMode=1 SliceArgument=4 LFCrossSliceBoundaryFlag=1 QP=34 LoopFilterOffsetInPPS=0 SAO=0',
		beyond: OWN_QUANTISATION,
		samples: '2a653d24f20627e11b2c6c1164b08b680e4d805b6360871696589d0918b56e64',
	},
	'slices-and-offsets': {
		picture: '80x64 4:2:0 8',
		options: 'SliceMode=1 SliceArgument=4 LFCrossSliceBoundaryFlag=1 QP=34 LoopFilterOffsetInPPS=0',
		beyond: OWN,
		samples: 'd6a4b75c1297b97e4949be5879fdae9f82042211dd81cbc96b20f71fd43ce245',
		notFfmpeg: OF_FFMPEG.across,
	},
	'dependent-slices': {
		picture: '80x64 4:2:0 8',
		options:
			'SliceMode=1 SliceArgument=12 SliceSegmentMode=1 SliceSegmentArgument=3 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1 LFCrossSliceBoundaryFlag=0',
		samples: '082c4f041b9cec378ae368d9b16598f84470a75e1e92e04f064a011dc5b222a8',
	},
	'dependent-wavefronts': {
		picture: '80x64 4:2:0 8',
		options: 'WaveFrontSynchro=1 SliceSegmentMode=1 SliceSegmentArgument=3 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1',
		samples: '3ef38c6af936cba828d828dc1404cfd7cfbdba6671ab5f54c0c2a489f9a898e0',
	},
	'dependent-wavefronts-in-slices': {
		picture: '80x64 4:2:0 8',
		options:
			'WaveFrontSynchro=1 SliceMode=1 SliceArgument=9 SliceSegmentMode=2 SliceSegmentArgument=130 QP=32 LFCrossSliceBoundaryFlag=0',
		samples: 'c9cf1ff07480212ad85a6ac8cb8b58fddb6bb0d3645463fa6d9129ad09ec8ebd',
	},
	'dependent-tiles': {
		picture: '80x64 4:2:0 8',
		options:
			'NumTileColumnsMinus1=1 NumTileRowsMinus1=1 TileUniformSpacing=1 SliceSegmentMode=3 SliceSegmentArgument=1 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1 LFCrossTileBoundaryFlag=0',
		samples: '753e1d2f9d8bda7bbf0809b3f74a16659d4650a0077d0b8dc779de4e5faa1fa6',
	},
	'dependent-within-tiles': {
		picture: '80x64 4:2:0 8',
		options:
			'NumTileColumnsMinus1=1 NumTileRowsMinus1=0 TileUniformSpacing=0 TileColumnWidthArray=2 SliceSegmentMode=1 SliceSegmentArgument=3 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1 LFCrossTileBoundaryFlag=1',
		samples: '356f551244eadb02a760fde35863f533be6b2f704009438d264c958e2fbf87e6',
	},
	'tile-rows-wavefronts': {
		picture: '80x64 4:2:0 8',
		options: 'NumTileRowsMinus1=1 TileUniformSpacing=1 WaveFrontSynchro=1 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1',
		samples: '5aa63f2f34acff455994c16e7acc7777fafbc0d68f51a2b2dd0a393036620e11',
		notFfmpeg: OF_FFMPEG.within,
	},
	'tiles-wavefronts': {
		picture: '112x80 4:2:0 8',
		options:
			'NumTileColumnsMinus1=2 NumTileRowsMinus1=1 TileUniformSpacing=0 TileColumnWidthArray=1,5 TileRowHeightArray=2 WaveFrontSynchro=1 SliceSegmentMode=1 SliceSegmentArgument=5 QP=32 AdaptiveQP=1 MaxCuDQPDepth=1',
		samples: '94d97c2b00877361794220a5e4f216d4f164b213c8225ca972208a7a7c2c8e4c',
		notFfmpeg: OF_FFMPEG.within,
	},
	'narrow-wavefronts': {
		picture: '16x80 4:2:0 8',
		options: 'WaveFrontSynchro=1 SliceSegmentMode=1 SliceSegmentArgument=2 QP=32',
		samples: 'fd3fde806d940e5d3cc817aa151320244e23eafa5b329f0282e53311c8e7ab69',
	},
	pcm: {
		picture: '64x48 4:2:0 8',
		options: 'PCMEnabledFlag=1 PCMLog2MinSize=3 PCMLog2MaxSize=4 PCMInputBitDepthFlag=1 PCMFilterDisableFlag=0 QP=6',
		samples: '1ef60fe8537e911e443f91354faaf803229f5b6ab945168b85b9177a274de777',
	},
	'pcm-unfiltered': {
		picture: '64x48 4:2:0 8',
		options:
			'PCMEnabledFlag=1 PCMLog2MinSize=3 PCMLog2MaxSize=4 PCMFilterDisableFlag=1 QP=12 SAO=0 LoopFilterTcOffset_div2=6 LoopFilterBetaOffset_div2=6',
		beyond: plainBits(3, 2),
		samples: 'bd54c40d2d9a82ca13e29bd46597c0e1ad6390d980ba244f49165b99766d0a1a',
	},
	'pcm-unfiltered-offsets': {
		picture: '64x48 4:2:0 8',
		options: 'PCMEnabledFlag=1 PCMLog2MinSize=3 PCMLog2MaxSize=4 PCMFilterDisableFlag=1 QP=12 SAO=1',
		beyond: plainBits(3, 2),
		samples: 'fba4273ef53ab92b94de100b7c8197b82fab8db9f007aca08ae5471ba48c0129',
		notFfmpeg: OF_FFMPEG.plainColours,
	},
	'pcm-fewer-bits': {
		picture: '64x64 4:2:0 10',
		options: 'PCMEnabledFlag=1 PCMLog2MinSize=4 PCMLog2MaxSize=4 PCMFilterDisableFlag=0 QP=0',
		hasLargeBlocks: true,
		beyond: plainBits(4, 3),
		samples: 'bf6fe867592a4a195ed458690c5b70f29419c2242fc93d9a161028214f429ec5',
	},
	'pcm-422-10': {
		picture: '64x48 4:2:2 10',
		options:
			'PCMEnabledFlag=1 PCMLog2MinSize=3 PCMLog2MaxSize=4 PCMInputBitDepthFlag=1 PCMFilterDisableFlag=1 QP=0 SAO=0 NumTileColumnsMinus1=1 LFCrossTileBoundaryFlag=0 TileUniformSpacing=1',
		samples: 'c048084ca3ef394d608492fa1cbc9438d563bb64d519880f5c9bc8eccbef512d',
	},
	'pcm-grey': {
		picture: '64x48 4:0:0 10',
		options:
			'PCMEnabledFlag=1 PCMLog2MinSize=3 PCMLog2MaxSize=4 PCMInputBitDepthFlag=1 PCMFilterDisableFlag=0 QP=6 SAO=1 NumTileRowsMinus1=1 TileUniformSpacing=1',
		samples: '85469defaa13405a5e969c0a8cf14ca2acda539721b00e4e07abcc9dae0a916c',
		notFfmpeg: OF_FFMPEG.plainGrey,
	},
	'pcm-lossless': {
		picture: '64x48 4:2:0 8',
		options:
			'PCMEnabledFlag=1 PCMLog2MinSize=3 PCMLog2MaxSize=4 PCMFilterDisableFlag=0 TransquantBypassEnableFlag=1 CostMode=mixed_lossless_lossy QP=27 SAO=0 LoopFilterTcOffset_div2=6 LoopFilterBetaOffset_div2=6',
		beyond: plainBits(3, 2),
		samples: 'cbe90531aa75ec62ff01fa8805a1d92816f14810fc09d5cc679c52456e713f55',
	},
	'lossless-422-10': {
		picture: '64x48 4:2:2 10',
		options:
			'TransquantBypassEnableFlag=1 CostMode=mixed_lossless_lossy QP=-4 SignHideFlag=1 SAO=0 SliceMode=1 SliceArgument=5 LoopFilterTcOffset_div2=6 LoopFilterBetaOffset_div2=6',
		samples: '9c121faf220f268a2286fe2f6b08f173016adb2d6dddeec6dcaf491aa009a569',
	},
	'lists-skips-422-10': {
		picture: '80x64 4:2:2 10',
		options:
			'QuadtreeTUMaxDepthIntra=3 ScalingList=2 TransformSkip=1 SignHideFlag=1 AdaptiveQP=1 MaxCuDQPDepth=2 QP=27 NumTileColumnsMinus1=1 TileUniformSpacing=0 TileColumnWidthArray=1 SliceSegmentMode=1 SliceSegmentArgument=1',
		hasLargeBlocks: true,
		samples: 'a3022e681cf647a83a9e7f42105a80d187bdcfcc720f1c7b74bd9cc4d34999bd',
	},
	'lists-444-12': {
		picture: '64x48 4:4:4 12',
		options: 'ScalingList=2 TransformSkip=1 QP=30 WaveFrontSynchro=1 SliceSegmentMode=1 SliceSegmentArgument=1',
		hasLargeBlocks: true,
		samples: '8fda5a47355b17cd3299d61e455a012b33e9ecd76f3edaff7c9b3bcc840e620d',
	},
	'lists-of-the-picture': {
		picture: '64x64 4:4:4 8',
		options: 'ScalingList=2 QP=36 TransformSkip=1',
		hasLargeBlocks: true,
		beyond: LISTS_OF_THE_PICTURE,
		samples: '2b0f7e37f874b48c39a3034698478bcbf3c568dfa3c982f43e7210af1b1ad98d',
	},
	'tiles-grey': {
		picture: '80x64 4:0:0 10',
		options: 'NumTileColumnsMinus1=2 NumTileRowsMinus1=0 TileUniformSpacing=1 QP=32 LFCrossTileBoundaryFlag=0',
		samples: '58e5e45b338ae8189d3561797f83a5eb4cb0d81d94dfc228e1710909206ae071',
	},
	'header-extensions': {
		picture: '80x64 4:2:0 8',
		options:
			'NumTileColumnsMinus1=1 TileUniformSpacing=1 SliceMode=1 SliceArgument=6 SliceSegmentMode=1 SliceSegmentArgument=3 QP=34',
		beyond: EXTENSIONS,
		samples: '8e5da0826e71888315ee3cdfb049909c0588a6d6cfc82449615ce65a228555ef',
	},
};
