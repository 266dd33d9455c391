const name = 'device-key'

/** The key that this device was given (设备密钥); null before. */
export function storedDeviceKey(): string | null {
  return localStorage.getItem(name)
}

export function storeDeviceKey(key: string): void {
  localStorage.setItem(name, key)
}

export function forgetDeviceKey(): void {
  localStorage.removeItem(name)
}
