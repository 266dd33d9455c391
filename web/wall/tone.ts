/** Pitch and length of the one tone that announces a bad rating: audible across a hall, no alarm. */
const hertz = 660
const seconds = 0.45

/** The wall's loudspeaker. Browsers keep it silent until somebody touches the page; the board then says so. */
export class Tone {
  /** Told whether the tone can be heard. */
  onChange: (isAudible: boolean) => void = () => {}
  private audio: AudioContext | null = null

  open(): void {
    if (typeof AudioContext === 'undefined') return
    const audio = new AudioContext()
    audio.onstatechange = () => this.onChange(audio.state === 'running')
    this.audio = audio
    this.onChange(audio.state === 'running')
  }

  /** Asks for sound; works only inside a touch or key press, or in a browser started for kiosks. */
  allow(): void {
    void this.audio?.resume().then(() => this.play())
  }

  play(): void {
    const { audio } = this
    if (audio?.state !== 'running') return
    const oscillator = audio.createOscillator()
    const volume = audio.createGain()
    oscillator.frequency.value = hertz
    volume.gain.setValueAtTime(0.0001, audio.currentTime)
    volume.gain.exponentialRampToValueAtTime(0.3, audio.currentTime + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + seconds)
    oscillator.connect(volume).connect(audio.destination)
    oscillator.start()
    oscillator.stop(audio.currentTime + seconds)
  }

  close(): void {
    void this.audio?.close()
    this.audio = null
  }
}
